// A text of the guide in the languages its file has it in. Dutch and English always stand there; a further
// language stands in the file under its own code, or comes from the catalogue of the pages.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace guide {

// The context of these texts in the catalogues (static/locale/README.md).
inline constexpr std::string_view words_context = "guide";

struct words {
    std::string nl, en;
    std::map<std::string, std::string, std::less<>> other;  // by BCP 47 code

    // Null where the file has no such language.
    [[nodiscard]] const std::string* in(std::string_view code) const {
        if (code == "nl") return &nl;
        if (code == "en") return &en;
        const auto at = other.find(code);
        return at == other.end() ? nullptr : &at->second;
    }
};

}  // namespace guide
