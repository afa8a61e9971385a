#include "server/store/sql/dump_reader.hpp"

#include <algorithm>

namespace store::sql {
namespace {

const auto bad = std::unexpected(errc::bad_records);
const auto other = std::unexpected(errc::other_records);

bool fits(const value& one, kind kind) {
    if (std::holds_alternative<std::monostate>(one)) return true;
    switch (kind) {
        case kind::integer:
            return std::holds_alternative<std::int64_t>(one);
        case kind::boolean:
            return std::holds_alternative<bool>(one);
        case kind::text:
            return std::holds_alternative<std::string_view>(one);
        case kind::bytes:
            return std::holds_alternative<crypto::byte_view>(one);
    }
    return false;
}

template <class T>
const T* as(const value& one) {
    return std::get_if<T>(&one);
}

bool is(const value& one, std::string_view text) {
    const auto* found = as<std::string_view>(one);
    return found && *found == text;
}

}  // namespace

dump_reader::dump_reader(::store::part part, row_taker take)
    : part_(part),
      take_(std::move(take)),
      reader_([this](record kind, std::span<const value> fields, crypto::byte_view whole) {
          return this->take(kind, fields, whole);
      }) {
    for (const auto& one : tables())
        if (one.is_of(part)) left_.insert(left_.begin(), &one);
}

std::expected<void, errc> dump_reader::take(record kind, std::span<const value> fields,
                                            crypto::byte_view whole) {
    if (ended_ || begun_ != (kind != record::begin)) return bad;
    if (kind != record::end) all_.add(whole);
    switch (kind) {
        case record::begin:
            return take_begin(fields);
        case record::table: {
            close_table();
            of_table_->add(whole);
            return take_table(fields);
        }
        case record::row:
            if (!now_) return bad;
            of_table_->add(whole);
            return take_row(fields);
        case record::end:
            return take_end(fields);
    }
    return bad;
}

std::expected<void, errc> dump_reader::take_begin(std::span<const value> fields) {
    begun_ = true;
    const auto* form = fields.empty() ? nullptr : as<std::int64_t>(fields[0]);
    if (!form) return bad;
    if (*form != 1) return other;
    if (fields.size() != 5 || !is(fields[1], part_ == part::reports ? "reports" : "wraps")) return bad;
    const auto* program = as<std::string_view>(fields[2]);
    const auto *made = as<std::int64_t>(fields[3]), *last_place = as<std::int64_t>(fields[4]);
    if (!program || !made || !last_place || *last_place < 0) return bad;
    begin_ = {std::string(*program), *made, *last_place};
    return {};
}

// Ends the table under way, and makes ready for the next.
void dump_reader::close_table() {
    if (now_) tallies_.back().hash = of_table_->finish();
    now_ = nullptr;
    of_table_.emplace();
}

std::expected<void, errc> dump_reader::take_table(std::span<const value> fields) {
    if (left_.empty() || fields.empty() || !is(fields[0], left_.back()->name)) return other;
    now_ = left_.back();
    left_.pop_back();
    columns_ = now_->carried_columns();
    if (fields.size() != 1 + 2 * columns_.size()) return other;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const auto* kind = as<std::int64_t>(fields[2 + 2 * i]);
        if (!is(fields[1 + 2 * i], columns_[i].name) || !kind || *kind != std::int64_t(columns_[i].kind))
            return other;
    }
    tallies_.push_back({std::string(now_->name), 0, {}});
    return {};
}

std::expected<void, errc> dump_reader::take_row(std::span<const value> fields) {
    if (fields.size() != columns_.size()) return bad;
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (!fits(fields[i], columns_[i].kind)) return bad;
    ++tallies_.back().rows;
    return take_(*now_, fields);
}

std::expected<void, errc> dump_reader::take_end(std::span<const value> fields) {
    close_table();
    if (!left_.empty()) return other;
    if (fields.size() != 3 * tallies_.size() + 1) return bad;
    for (std::size_t i = 0; i < tallies_.size(); ++i) {
        const auto* rows = as<std::int64_t>(fields[3 * i + 1]);
        const auto* hash = as<crypto::byte_view>(fields[3 * i + 2]);
        if (!is(fields[3 * i], tallies_[i].table) || !rows || *rows != tallies_[i].rows || !hash ||
            !std::ranges::equal(*hash, tallies_[i].hash))
            return bad;
    }
    const auto* hash = as<crypto::byte_view>(fields.back());
    if (!hash || !std::ranges::equal(*hash, all_.finish())) return bad;
    ended_ = true;
    return {};
}

std::expected<void, errc> dump_reader::finish() const {
    if (!ended_) return bad;
    return reader_.finish();
}

}  // namespace store::sql
