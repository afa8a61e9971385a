// What a client remembers between two visits and holds a server to: the newest directory, stands and
// trail heads it has seen (protocol §§2, 7). A server that shows less, or another under the same
// version, is refused.
#pragma once

#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/protocol/directory.hpp"
#include "crypto/protocol/report.hpp"
#include "crypto/protocol/trail.hpp"

namespace protocol {

struct seen {
    // A directory below it is refused: what came with the program or the root key (§2). Not written.
    std::int64_t least = 0;
    std::map<std::int64_t, std::string> gids;  // versie → hash, every one that was verified here
    std::map<std::string, directory_mark, std::less<>> stands;  // desk → newest versie and hash
    // desk → heads by line: the one up to which the trail was read and followed here, then each that an
    // answer carried since and that nobody has held against the lines yet. At most 1,000 of those.
    std::map<std::string, std::vector<trail_head>, std::less<>> trails;
    std::map<std::string, std::int64_t, std::less<>>
        followed;  // desk → hour since 1970 in which that was done last

    [[nodiscard]] static std::expected<seen, errc> read(std::string_view json_text);
    [[nodiscard]] std::string write() const;
    [[nodiscard]] bool knows(const directory_mark& mark) const;
};

// The `vorige` of a directory or stand whose hash is known from one that is signed, so that its own signature
// adds nothing. Nothing where the token has another hash, or cannot be read.
[[nodiscard]] std::optional<std::string> forerunner(std::string_view token, std::string_view hash);

// How a client asks the server for what it skipped. Nothing: the server did not give it.
struct skipped {
    std::function<std::optional<std::string>(std::int64_t versie)> gids;
    std::function<std::optional<std::string>(std::string_view desk, std::int64_t versie)> stand;
};

// The answer of GET /v1/sleutelgids, verified down from the pinned roots and held against what was seen,
// which it then extends. bad_json, bad_document, bad_signature, gids_expired, gids_older, gids_forked,
// gids_chain. A desk whose stand cannot be verified has no keys: that is no error of the directory. One whose
// stand contradicts what was seen is distrusted besides: stand_older, stand_forked, stand_chain,
// stand_withheld.
[[nodiscard]] std::expected<directory, errc> verify_directory(std::string_view answer,
                                                              std::span<const crypto::sign_public> roots,
                                                              day today, seen& memory, const skipped& fetch);

// A head that a signed answer carries: trail_rolled_back where it lies before the last one seen, or is
// another under the same number. One that lies behind it may still not contain it: see follow_trail.
[[nodiscard]] std::expected<void, errc> remember_head(seen& memory, std::string_view desk,
                                                      const trail_head& head);

// The lines from the first remembered head on, held against every head that was seen since; a trail that was
// cut and grew again shows here. Lines go in one by one.
class trail_followed {
  public:
    // heads: of one desk, as seen::trails keeps them; not empty.
    explicit trail_followed(std::vector<trail_head> heads) : heads_(std::move(heads)), at_(heads_.front()) {}
    // trail_broken where the line does not follow the one before; trail_rolled_back where another line was
    // seen in its place.
    [[nodiscard]] std::expected<void, errc> take(std::string_view bytes);
    // trail_rolled_back where a head was seen beyond the last line.
    [[nodiscard]] std::expected<void, errc> end() const;
    [[nodiscard]] const trail_head& at() const { return at_; }

  private:
    std::vector<trail_head> heads_;
    trail_head at_;
};

// Up to `at` these heads were held against the lines: what was remembered before it is not needed any more.
// Nothing is forgotten where another one lies among them: some other program saw it meanwhile.
void remember_followed(seen& memory, std::string_view desk, const trail_head& at,
                       std::span<const trail_head> judged);

}  // namespace protocol
