// The routing table and the routing function (protocol §9): from what a report says to who will be able to
// read it. Total: every report, with any exclusions and any keys missing, reaches at least `standaard`.
// Browser, server and programs compute the same answer from the same bytes.
#pragma once

#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/protocol/documents.hpp"
#include "crypto/protocol/errc.hpp"

namespace protocol {

// What the rules look at: the members of a report by these names (§4); rol is the three-valued one.
struct routed_facts {
    std::vector<std::string> vormen;
    std::string rol;
    std::string minderjarig;
    std::string politie;
    bool spoed = false;
    std::string gemeente;  // empty: none
    std::string plek;      // empty: none
};

struct routed_desk {
    std::string desk;
    std::string rol;  // eerste, mede, achtervang
    bool operator==(const routed_desk&) const = default;
};

struct decision {
    std::vector<routed_desk> ontvangers;  // eerste first; one to four, no desk twice
    bool spoed = false;
};

class routing_table {
  public:
    // From the exact bytes that the gids signs. bad_json; bad_routing for a rule or municipality that cannot
    // be read, or a rule with more than two `mede` (eerste, two mede and an achtervang are the four that an
    // envelope may have).
    [[nodiscard]] static std::expected<routing_table, errc> read(std::string_view bytes);

    [[nodiscard]] const std::string& standaard() const { return standaard_; }
    [[nodiscard]] std::int64_t versie() const { return versie_; }
    // Every desk the table names, whether by id or through a municipality.
    [[nodiscard]] std::set<std::string> desks() const;
    [[nodiscard]] bool knows(std::string_view gemeente) const { return gemeenten_.contains(gemeente); }
    // The desk of a municipality's region; `standaard` for one it does not know.
    [[nodiscard]] const std::string& regio(std::string_view gemeente) const;

    // usable(desk): has a key that a writer may seal to today. `standaard` is
    // the first desk without being asked; in another role, without a key, it is left out.
    [[nodiscard]] decision decide(const routed_facts& facts, const gids& directory,
                                  const std::set<std::string, std::less<>>& excluded,
                                  const std::function<bool(std::string_view)>& usable) const;

  private:
    struct condition {
        std::string name;
        std::vector<std::string> accepted;  // booleans as "true", "false"
    };
    struct rule {
        std::vector<condition> als;
        std::optional<std::string> eerste;
        std::vector<std::string> mede;
        std::vector<std::string> zonder;
        bool spoed = false;
    };
    struct place {
        std::string regio;
        std::string zorg;  // empty: the desk "zorg"
    };
    friend struct routing_reader;

    [[nodiscard]] static bool holds(const rule& rule, const routed_facts& facts);
    [[nodiscard]] std::string resolve(const std::string& target, const std::string& gemeente) const;

    std::int64_t versie_ = 0;
    std::string standaard_;
    std::map<std::string, place, std::less<>> gemeenten_;
    std::vector<rule> regels_;
};

}  // namespace protocol
