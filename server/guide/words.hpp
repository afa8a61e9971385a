// A text of the guide in the languages its file has it in. Dutch and English always stand there; a further
// language stands in the file under its own code, or comes from the catalogue of the pages.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace guide {

struct words {
    std::string nl, en;
    std::map<std::string, std::string, std::less<>> other;  // by BCP 47 code
    std::string context;                                    // of the English in the catalogues

    // Null where the file has no such language.
    [[nodiscard]] const std::string* in(std::string_view code) const {
        if (code == "nl") return &nl;
        if (code == "en") return &en;
        const auto at = other.find(code);
        return at == other.end() ? nullptr : &at->second;
    }
};

// The context of a text, which tells translators what it is and to whom it is said: by the file
// ("schema/wegwijzer/hulp.toml") and the key it stands below, and by whether its Dutch says je.
// static/locale/guide.py names the same.
[[nodiscard]] std::string context_of(std::string_view file, std::string_view key, std::string_view dutch);

}  // namespace guide
