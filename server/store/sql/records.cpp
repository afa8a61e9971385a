#include "server/store/sql/records.hpp"

#include <algorithm>

namespace store::sql {
namespace {

enum tag : std::uint8_t { null = 0, integer = 1, text = 2, binary = 3, no = 4, yes = 5 };

constexpr std::size_t head_size = 5;

void put(std::uint64_t number, int size, crypto::bytes& out) {
    for (int i = 0; i < size; ++i) out.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}

std::uint64_t number_at(crypto::byte_view from, std::size_t size) {
    std::uint64_t out = 0;
    for (std::size_t i = size; i-- > 0;) out = out << 8 | from[i];
    return out;
}

void put_long(tag tag, crypto::byte_view all, crypto::bytes& out) {
    out.push_back(tag);
    put(all.size(), 4, out);
    out.insert(out.end(), all.begin(), all.end());
}

void put_field(const value& one, crypto::bytes& out) {
    if (const auto* flag = std::get_if<bool>(&one)) {
        out.push_back(*flag ? yes : no);
    } else if (const auto* number = std::get_if<std::int64_t>(&one)) {
        out.push_back(integer);
        put(static_cast<std::uint64_t>(*number), 8, out);
    } else if (const auto* words = std::get_if<std::string_view>(&one)) {
        put_long(text, crypto::as_bytes(*words), out);
    } else if (const auto* bytes = std::get_if<crypto::byte_view>(&one)) {
        put_long(binary, *bytes, out);
    } else {
        out.push_back(null);
    }
}

// Takes one field off the front; false where there is none.
bool take_field(crypto::byte_view& from, value& out) {
    const auto tag = from[0];
    from = from.subspan(1);
    if (tag == no || tag == yes) {
        out = tag == yes;
    } else if (tag == null) {
        out = std::monostate();
    } else if (tag == integer) {
        if (from.size() < 8) return false;
        out = static_cast<std::int64_t>(number_at(from, 8));
        from = from.subspan(8);
    } else if (tag == text || tag == binary) {
        if (from.size() < 4) return false;
        const auto size = number_at(from, 4);
        from = from.subspan(4);
        if (from.size() < size) return false;
        const auto all = from.first(size);
        if (tag == text)
            out = crypto::as_text(all);
        else
            out = all;
        from = from.subspan(size);
    } else {
        return false;
    }
    return true;
}

// Size of the record that begins here, its head counted; 0 where there is none.
std::size_t size_of(crypto::byte_view head) {
    const auto size = number_at(head.subspan(1), 4);
    const bool known = head[0] >= std::uint8_t(record::begin) && head[0] <= std::uint8_t(record::end);
    return known && size <= max_record ? head_size + size : 0;
}

}  // namespace

void write_record(record kind, std::span<const value> fields, crypto::bytes& out) {
    const auto before = out.size();
    out.push_back(static_cast<std::uint8_t>(kind));
    put(0, 4, out);
    for (const auto& one : fields) put_field(one, out);
    const auto size = out.size() - before - head_size;
    for (std::size_t i = 0; i < 4; ++i) out[before + 1 + i] = static_cast<std::uint8_t>(size >> (8 * i));
}

std::expected<void, errc> record_reader::push(crypto::byte_view part) {
    // Whole records are taken where they lie; what is left over waits for the rest.
    while (!part.empty()) {
        if (gathered_.empty() && part.size() >= head_size) {
            const auto size = size_of(part);
            if (size == 0) return std::unexpected(errc::bad_records);
            if (size <= part.size()) {
                if (auto ok = take_whole(part.first(size)); !ok) return ok;
                part = part.subspan(size);
                continue;
            }
        }
        const auto wanted = gathered_.size() < head_size ? head_size : size_of(gathered_);
        if (wanted == 0) return std::unexpected(errc::bad_records);
        const auto count = std::min(part.size(), wanted - gathered_.size());
        gathered_.insert(gathered_.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(count));
        part = part.subspan(count);
        if (gathered_.size() >= head_size && gathered_.size() == size_of(gathered_)) {
            auto taken = take_whole(gathered_);
            gathered_.clear();
            if (!taken) return taken;
        }
    }
    if (gathered_.size() >= head_size && size_of(gathered_) == 0) return std::unexpected(errc::bad_records);
    return {};
}

std::expected<void, errc> record_reader::take_whole(crypto::byte_view whole) {
    fields_.clear();
    for (auto rest = whole.subspan(head_size); !rest.empty();)
        if (!take_field(rest, fields_.emplace_back())) return std::unexpected(errc::bad_records);
    return take_(static_cast<record>(whole[0]), fields_, whole);
}

std::expected<void, errc> record_reader::finish() const {
    if (!gathered_.empty()) return std::unexpected(errc::bad_records);
    return {};
}

}  // namespace store::sql
