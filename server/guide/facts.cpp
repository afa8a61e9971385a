#include "server/guide/facts.hpp"

namespace guide {

void for_each_fact(const handbook& of, const std::function<void(const fact&)>& look) {
    for (const auto& one : of.organisaties) look({"organisaties", one.line, one.naam, one.bron, one.altijd});
    for (const auto& one : of.recht) look({"recht", one.line, one.id, one.bron});
    for (const auto& one : of.wegwijzer.steps())
        if (!one.wie && !one.loket) look({"wegwijzer", one.line, one.id, one.bron});
    for (const auto& one : of.beroepen)
        for (const auto& thought : one.weeg)
            look({"beroepen", thought.line, "a thought of " + one.rol, thought.bron});
    for (const auto& one : of.hulp)
        if (!one.demonstratie) look({"hulp", one.line, one.id, one.wie.bron, one.wie.altijd});
    for (const auto& one : of.signalen.all) look({"signalen", one.line, one.id, one.bron});
    for (const auto& part : of.aangifte)
        for (const auto& one : part.zinnen)
            look({"aangifte", one.line, "a sentence of " + part.id, one.bron});
    for (const auto& one : of.taken.all) look({"taken", one.line, one.id, one.bron});
}

std::size_t facts_due(const handbook& of, protocol::day today) {
    std::size_t out = 0;
    for_each_fact(of, [&](const fact& one) {
        const auto now = standing_of(one.bron, today);
        out += now == standing::due || now == standing::lapsed;
    });
    return out;
}

}  // namespace guide
