#include "server/store/sql/dump.hpp"

namespace store::sql {

void position::add(const value& one) {
    if (const auto* number = std::get_if<std::int64_t>(&one))
        key_.emplace_back(*number);
    else if (const auto* text = std::get_if<std::string_view>(&one))
        key_.emplace_back(std::string(*text));
    else if (const auto* bytes = std::get_if<crypto::byte_view>(&one))
        key_.emplace_back(crypto::bytes(bytes->begin(), bytes->end()));
}

std::vector<value> position::values() const {
    std::vector<value> out;
    for (const auto& one : key_) {
        if (const auto* number = std::get_if<std::int64_t>(&one))
            out.emplace_back(*number);
        else if (const auto* text = std::get_if<std::string>(&one))
            out.emplace_back(std::string_view(*text));
        else
            out.emplace_back(crypto::byte_view(std::get<crypto::bytes>(one)));
    }
    return out;
}

void read_row(const rows& from, const std::vector<column>& columns, std::vector<value>& out) {
    out.clear();
    int at = 0;
    for (const auto& one : columns) {
        if (from.is_null(at))
            out.emplace_back();
        else if (one.kind == kind::integer)
            out.emplace_back(from.integer(at));
        else if (one.kind == kind::boolean)
            out.emplace_back(from.boolean(at));
        else if (one.kind == kind::text)
            out.emplace_back(from.text(at));
        else
            out.emplace_back(from.blob(at));
        ++at;
    }
}

namespace {

std::vector<std::size_t> places_of_key(const table& table, const std::vector<column>& columns) {
    std::vector<std::size_t> out;
    for (const auto& name : table.key)
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (columns[i].name == name) out.push_back(i);
    return out;
}

std::vector<column> key_columns(const table& table) {
    std::vector<column> out;
    for (const auto& name : table.key)
        for (const auto& one : table.columns)
            if (one.name == name) out.push_back(one);
    return out;
}

}  // namespace

std::expected<void, errc> walk(connection& db, const table& table, position from,
                               const std::function<std::expected<void, errc>(std::span<const value>)>& take) {
    const auto& ask = statements_of(table);
    const auto columns = table.carried_columns();
    const auto key = places_of_key(table, columns);
    const std::int64_t page = table.page;
    std::vector<value> row;
    for (;;) {
        const position before = std::move(from);
        from = position();
        auto asked = before.values();
        if (!table.key.empty()) asked.emplace_back(page);
        auto found = db.query_values((before.at_begin() ? ask.first : ask.next).c_str(), asked);
        if (!found) return std::unexpected(found.error());
        std::int64_t count = 0;
        for (;;) {
            auto next = found->next();
            if (!next) return std::unexpected(next.error());
            if (!*next) break;
            read_row(*found, columns, row);
            if (++count == page)
                for (const auto at : key) from.add(row[at]);
            if (auto taken = take(row); !taken) return taken;
        }
        if (count < page || table.key.empty()) return {};
    }
}

std::expected<position, errc> last_of(connection& db, const table& table) {
    position out;
    if (table.key.empty()) return out;
    const auto columns = key_columns(table);
    std::vector<value> row;
    auto done = each(db.query(statements_of(table).last.c_str()), [&](const rows& r) {
        read_row(r, columns, row);
        for (const auto& one : row) out.add(one);
    });
    if (!done) return std::unexpected(done.error());
    return out;
}

namespace {

// Writes records, and hashes them as they go by.
class writer {
  public:
    explicit writer(const record_sink& sink) : sink_(sink) {}

    // of: also hashes it there.
    [[nodiscard]] std::expected<void, errc> put(record kind, std::span<const value> fields,
                                                crypto::hasher* of = nullptr) {
        buffer_.clear();
        write_record(kind, fields, buffer_);
        if (kind != record::end) all_.add(buffer_);
        if (of) of->add(buffer_);
        if (!sink_(buffer_)) return std::unexpected(errc::stopped);
        return {};
    }
    [[nodiscard]] crypto::block<32> hash() { return all_.finish(); }

  private:
    const record_sink& sink_;
    crypto::bytes buffer_;
    crypto::hasher all_;
};

std::expected<tally, errc> dump_table(connection& db, const table& table, writer& to, const told& tell,
                                      const row_seen& seen) {
    crypto::hasher hash;
    std::vector<value> heading{table.name};
    for (const auto& one : table.carried_columns()) {
        heading.emplace_back(one.name);
        heading.emplace_back(static_cast<std::int64_t>(one.kind));
    }
    if (auto ok = to.put(record::table, heading, &hash); !ok) return std::unexpected(ok.error());
    tally out{std::string(table.name), 0, {}};
    auto walked = walk(db, table, {}, [&](std::span<const value> row) {
        if (++out.rows % table.page == 0) tell(table.name, out.rows);
        if (seen) seen(table, row);
        return to.put(record::row, row, &hash);
    });
    if (!walked) return std::unexpected(walked.error());
    tell(table.name, out.rows);
    out.hash = hash.finish();
    return out;
}

}  // namespace

std::expected<tallies, errc> dump(connection& db, part part, const begin_fields& begin,
                                  const record_sink& sink, const told& tell, const row_seen& seen) {
    writer to(sink);
    const std::vector<value> first{std::int64_t{1}, part == part::reports ? "reports" : "wraps",
                                   as_value(begin.program), begin.made, begin.last_place};
    if (auto ok = to.put(record::begin, first); !ok) return std::unexpected(ok.error());
    tallies out;
    for (const auto& table : tables()) {
        if (!table.is_of(part)) continue;
        auto one = dump_table(db, table, to, tell, seen);
        if (!one) return std::unexpected(one.error());
        out.push_back(std::move(*one));
    }
    std::vector<value> last;
    for (const auto& one : out) {
        last.emplace_back(as_value(one.table));
        last.emplace_back(one.rows);
        last.emplace_back(as_value(one.hash));
    }
    const auto all = to.hash();
    last.emplace_back(as_value(all));
    if (auto ok = to.put(record::end, last); !ok) return std::unexpected(ok.error());
    return out;
}

}  // namespace store::sql
