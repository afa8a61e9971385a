#include "tests/bench/world.hpp"

#include <cstdlib>

#include <fmt/format.h>

#include "client/line/session.hpp"

namespace bench {
namespace {

template <class T>
T got(client::result<T> result) {
    if (result) return std::move(*result);
    fmt::print(stderr, "{}\n", result.error().sentence);
    std::exit(1);
}

}  // namespace

world world::fetch(const std::string& file) {
    const auto profile = got(client::load_profile(file));
    auto line = got(client::connect(profile));
    const auto roots = got(client::roots_of(profile));
    const auto memory = got(client::open_state(profile, roots));
    const auto today = protocol::system_clock().today();
    return {got(client::fetch_directory(line, memory, roots, today)), today};
}

const std::string& typical_words() {
    static const std::string words = [] {
        std::string out;
        while (out.size() < 2400)
            out += "Er wonen zes mensen boven de zaak; ze komen niet buiten zonder dat iemand meegaat. ";
        return out;
    }();
    return words;
}

protocol::report typical_report() {
    auto draft = protocol::report::draft(fmt::format(
        R"({{"rol":"burger","vormen":["seksueel"],"minderjarig":"nee","gemeente":"GM0599","wat":"{}"}})",
        typical_words()));
    if (draft) return std::move(*draft);
    for (const auto& fault : draft.error()) fmt::print(stderr, "{}: {}\n", fault.location, fault.detail);
    std::exit(1);
}

protocol::posted_report world::seal(protocol::report& report, bool mailbox) const {
    const auto& gids = published.directory.newest();
    const auto& standaard = published.table.standaard();
    const auto decision = published.table.decide(report.facts(), gids, {}, [&](std::string_view desk) {
        return published.directory.usable_key(desk, today, standaard) != nullptr;
    });
    std::optional<protocol::mailbox_keys> keys;
    if (mailbox)
        keys = protocol::mailbox_keys{crypto::box_keys::random().public_key,
                                      crypto::sign_keys::random().public_key};
    auto sealed = protocol::seal_report(report, decision, published.directory, published.table, today,
                                        crypto::uuid::random(), keys);
    if (sealed) return std::move(*sealed);
    fmt::print(stderr, "{}\n", protocol::text(sealed.error()));
    std::exit(1);
}

}  // namespace bench
