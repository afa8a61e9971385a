#include "server/guide/words.hpp"

#include <algorithm>

#include "base/text/ascii.hpp"

namespace guide {
namespace {

struct row {
    std::string_view file, key, context;
};
constexpr row contexts[] = {
    {"organisaties", "wat", "guide, what an organisation does"},
    {"organisaties", "bereikbaar", "guide, when somebody answers"},
    {"wegwijzer", "waarom", "guide, what to do now"},
    {"recht", "tekst", "guide, what the law says"},
    {"aangifte", "titel", "guide, to a victim, criminal complaint, heading"},
    {"aangifte", "tekst", "guide, to a victim, criminal complaint"},
    {"hulp", "wat", "guide, to a victim, help"},
    {"hulp", "veilig", "guide, to a victim, asking for help safely"},
    {"hulp", "bereikbaar", "guide, when somebody answers"},
    {"signalen", "naam", "guide, place of work"},
    {"signalen", "tekst", "guide, to a citizen, sign"},
    {"beroepen", "tekst", "guide, to a professional"},
    {"taken", "tekst", "guide, to a team that reads reports"},
    {"taken", "naam", "guide, to a team that reads reports, other crime"},
    {"oefenen", "verhaal", "guide, practice, case"},
    {"oefenen", "uitleg", "guide, practice, answer"},
};
constexpr std::string_view other = "guide";

constexpr std::string_view informal[] = {"je", "jij", "jou", "jouw", "jezelf"};
constexpr std::string_view informal_context = ", to a young person (je)";

// Letters beyond ASCII belong to words too.
bool is_letter(char c) { return base::is_letter(c) || static_cast<unsigned char>(c) >= 0x80; }

bool says_je(std::string_view dutch) {
    while (!dutch.empty()) {
        const auto* const end = std::ranges::find_if_not(dutch, is_letter);
        const auto size = static_cast<std::size_t>(end - dutch.begin());
        if (std::ranges::find(informal, base::lower(dutch.substr(0, size))) != std::end(informal))
            return true;
        dutch.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return false;
}

// "schema/wegwijzer/hulp.toml" is "hulp".
std::string_view stem(std::string_view file) {
    file.remove_prefix(file.rfind('/') + 1);  // all of it where there is none
    return file.substr(0, file.find('.'));
}

}  // namespace

std::string context_of(std::string_view file, std::string_view key, std::string_view dutch) {
    const auto named = stem(file);
    const auto* const at =
        std::ranges::find_if(contexts, [&](const row& row) { return row.file == named && row.key == key; });
    std::string out(at == std::end(contexts) ? other : at->context);
    if (says_je(dutch)) out += informal_context;
    return out;
}

}  // namespace guide
