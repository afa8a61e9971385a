#include "server/store/sql/compaction.hpp"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "crypto/random.hpp"

namespace store::sql {
namespace {

using done = std::expected<void, errc>;
using place = done (engine::*)(std::int64_t);

// In random order, so many in a batch.
async::task<done> place_anew(engine& engine, journal& journal, std::vector<std::int64_t> rows, place place,
                             std::size_t at_once) {
    std::shuffle(rows.begin(), rows.end(), crypto::random_bits());
    for (std::size_t from = 0; from < rows.size(); from += at_once) {
        const auto to = std::min(from + at_once, rows.size());
        const std::vector<std::int64_t> part(rows.begin() + static_cast<std::ptrdiff_t>(from),
                                             rows.begin() + static_cast<std::ptrdiff_t>(to));
        work<bool> one;
        one.bytes = 4096;
        one.apply = [&engine, part, place](connection&) -> std::expected<bool, errc> {
            for (const auto row : part)
                if (auto ok = (engine.*place)(row); !ok) return std::unexpected(ok.error());
            return true;
        };
        auto placed = co_await journal.write(std::move(one));
        if (!placed) co_return std::unexpected(placed.error());
    }
    co_return done();
}

}  // namespace

async::task<done> compact(engine& engine, readers& readers, journal& journal, std::int32_t today) {
    std::function<std::expected<unsorted_rows, errc>(connection&)> unsorted =
        [&engine, today](connection& db) { return engine.unsorted(db, today); };
    auto found = co_await readers.read(std::move(unsorted));
    if (!found) co_return std::unexpected(found.error());
    struct kind {
        std::vector<std::int64_t>& rows;
        sql::place place;
        std::size_t at_once;
    };
    const std::vector<kind> kinds{{found->reports, &engine::place_report_anew, 50},
                                  {found->messages, &engine::place_message_anew, 50},
                                  {found->attachments, &engine::place_attachment_anew, 50},
                                  {found->chunks, &engine::place_chunk_anew, 4}};
    for (const auto& [rows, place, at_once] : kinds)
        if (auto ok = co_await place_anew(engine, journal, std::move(rows), place, at_once); !ok)
            co_return ok;
    std::function<std::expected<bool, errc>(connection&)> wiping =
        [&engine](connection&) -> std::expected<bool, errc> {
        if (auto ok = engine.wipe(); !ok) return std::unexpected(ok.error());
        return true;
    };
    auto wiped = co_await readers.read(std::move(wiping));
    if (!wiped) co_return std::unexpected(wiped.error());
    co_return done();
}

}  // namespace store::sql
