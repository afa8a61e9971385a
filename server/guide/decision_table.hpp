// Where do I report: schema/wegwijzer/wegwijzer.toml. Rules are data: conditions, and the steps that somebody
// gets for whom they hold. Every rule that holds adds its steps, in the order of the file; a step that stands
// already stays where it is. The rules stand in the order of urgency, so that order always wins.
#pragma once

#include <bitset>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/guide/law.hpp"
#include "server/guide/organisation.hpp"
#include "server/places/gemeente.hpp"

namespace guide {

// What somebody answered. The codes are those of the interface (protocol::codes); no answer counts as the
// citizen, the unknown form, the unknown age, and no hurry.
struct situation {
    std::string_view rol = "burger";
    std::string_view vorm = "onbekend";
    std::string_view minderjarig = "onbekend";
    bool acuut = false;
    const guide::gemeente* gemeente = nullptr;  // null: not said, or nowhere
    std::string_view plek = {};                 // "luchthaven", "haven", "anders"; empty: not said
};

struct step {
    std::string id;
    const organisation* wie = nullptr;       // whom to call; null: nobody
    bool loket = false;                      // this step is the report itself
    words waarom;                            // what to do, and why
    std::vector<const law_sentence*> recht;  // said with it
    provenance bron;                         // of a step that is neither a call nor the report
    std::size_t line = 0;

    // May be shown today: whom it names is reachable, or its own source stands.
    [[nodiscard]] bool stands(protocol::day today) const;
};

class decision_table {
  public:
    static constexpr std::size_t most_steps = 64;
    using chosen = std::vector<const step*>;

    // The organisations and sentences must outlive it, and stay where they are.
    [[nodiscard]] static decision_table read(const std::filesystem::path& file,
                                             const std::vector<organisation>& organisations,
                                             const std::vector<law_sentence>& law, protocol::day today,
                                             std::vector<fault>& faults);

    // The steps of today for this situation, in order. Unknown codes hold no rule that asks for one.
    [[nodiscard]] chosen steps_for(const situation& of, protocol::day today) const;

    [[nodiscard]] const std::vector<step>& steps() const { return steps_; }

    struct rule {
        std::string naam;
        std::int64_t urgentie = 0;  // 1 to 5
        // Empty: not asked.
        std::vector<std::string> rol, vorm, minderjarig, acuut, regio, gemeente;
        std::vector<std::size_t> stappen;
        std::size_t line = 0, als = 0;  // of the rule, and of its conditions
        [[nodiscard]] bool holds(const situation& of) const;
    };
    [[nodiscard]] const std::vector<rule>& rules() const { return rules_; }

  private:
    std::vector<step> steps_;
    std::vector<rule> rules_;
};

}  // namespace guide
