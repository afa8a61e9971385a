// Any bytes as the records of a backup: the same outcome whether they come whole or in parts of any size, and
// never a row that is not of the table it says. A good stream is read to its end, written again as it was,
// and refused with one byte changed.
#include <algorithm>
#include <string>

#include "server/store/sql/dump_reader.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using store::errc;
using store::sql::record;
using store::sql::value;

struct outcome {
    std::optional<errc> refused;
    crypto::bytes rows;  // what was handed on, written again
    bool operator==(const outcome&) const = default;
};

bool fits(const value& one, store::sql::kind kind) {
    // monostate, bool, integer, text, bytes
    constexpr std::size_t places[] = {2, 1, 3, 4};
    return one.index() == 0 || one.index() == places[static_cast<std::size_t>(kind)];
}

outcome judged(crypto::byte_view all, std::size_t step) {
    outcome out;
    store::sql::dump_reader reader(
        store::part::reports, [&](const store::sql::table& table, std::span<const value> row) {
            const auto columns = table.carried_columns();
            must(table.is_of(store::part::reports) && row.size() == columns.size());
            for (std::size_t i = 0; i < row.size(); ++i) must(fits(row[i], columns[i].kind));
            store::sql::write_record(record::row, row, out.rows);
            return std::expected<void, errc>();
        });
    while (!all.empty()) {
        const auto part = all.first(std::min(step, all.size()));
        if (auto ok = reader.push(part); !ok) {
            out.refused = ok.error();
            return out;
        }
        all = all.subspan(part.size());
    }
    if (auto ok = reader.finish(); !ok) out.refused = ok.error();
    return out;
}

// Headings and rows of every table, the fuzzer's bytes in their fields; hashed and counted as a dump does.
crypto::bytes stream_of(crypto::byte_view from) {
    using namespace store::sql;
    crypto::bytes out;
    const value first[] = {std::int64_t{1}, "reports", "fuzz", std::int64_t{1}, std::int64_t{2}};
    write_record(record::begin, first, out);
    std::vector<crypto::block<32>> hashes;
    std::vector<value> last;
    for (const auto& table : tables()) {
        if (!table.is_of(store::part::reports)) continue;
        const auto begin = out.size();
        std::vector<value> fields{table.name};
        for (const auto& one : table.carried_columns()) {
            fields.emplace_back(one.name);
            fields.emplace_back(static_cast<std::int64_t>(one.kind));
        }
        write_record(record::table, fields, out);
        std::int64_t rows = 0;
        for (; !from.empty() && from[0] % 4 != 0 && rows < 5; ++rows) {
            const auto size = std::min<std::size_t>(from[0], from.size());
            fields.clear();
            for (const auto& one : table.carried_columns()) {
                if (one.kind == kind::integer)
                    fields.emplace_back(std::int64_t{from[0]} - 128);
                else if (one.kind == kind::boolean)
                    fields.emplace_back(from[0] % 2 == 0);
                else if (one.kind == kind::text)
                    fields.emplace_back(crypto::as_text(from.first(size)));
                else if (from[0] % 3 == 0)
                    fields.emplace_back();
                else
                    fields.emplace_back(from.first(size));
            }
            write_record(record::row, fields, out);
            from = from.subspan(size);
        }
        if (!from.empty()) from = from.subspan(1);
        hashes.push_back(crypto::blake2b_256(crypto::byte_view(out).subspan(begin)));
        last.emplace_back(table.name);
        last.emplace_back(rows);
        last.emplace_back();
    }
    for (std::size_t i = 0; i < hashes.size(); ++i) last[3 * i + 2] = as_value(hashes[i]);
    const auto all = crypto::blake2b_256(out);
    last.emplace_back(as_value(all));
    write_record(record::end, last, out);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const crypto::byte_view all(data, size);
    const auto whole = judged(all, size + 1);
    must(!whole.refused || *whole.refused == errc::bad_records || *whole.refused == errc::other_records);
    must(judged(all, 1) == whole && judged(all, 7) == whole);

    const auto good = stream_of(all);
    const auto read = judged(good, good.size());
    must(!read.refused && judged(good, size % 97 + 1) == read);
    auto changed = good;
    changed[(size * 257 + (size > 0 ? data[size - 1] : 0)) % good.size()] ^= 1;
    must(judged(changed, changed.size()).refused.has_value());
    must(judged(crypto::byte_view(good).first(good.size() - 1), good.size()).refused.has_value());
    return 0;
}
