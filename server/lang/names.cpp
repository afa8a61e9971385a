#include "server/lang/names.hpp"

#include <array>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

namespace lang {

std::string name_in_itself(const std::string& code) {
    if (code == "pap") return "Papiamentu";  // ICU 72 does not know it
    std::array<char, ULOC_FULLNAME_CAPACITY> locale{};
    std::array<char16_t, 100> name{};
    UErrorCode error = U_ZERO_ERROR;
    int32_t read = 0;
    uloc_forLanguageTag(code.c_str(), locale.data(), locale.size(), &read, &error);
    if (U_FAILURE(error) || read != static_cast<int32_t>(code.size())) return code;
    const auto size = uloc_getDisplayName(locale.data(), locale.data(), name.data(), name.size(), &error);
    // A warning that nothing was found, or that it does not end in zero because it fills the place.
    if (U_FAILURE(error) || error == U_USING_DEFAULT_WARNING || size <= 0) return code;
    std::string out;
    icu::UnicodeString(name.data(), size).toUTF8String(out);
    return out;
}

std::string script_of(const std::string& tag) {
    std::array<char, ULOC_FULLNAME_CAPACITY> locale{}, whole{};
    std::array<char, ULOC_SCRIPT_CAPACITY> script{};
    UErrorCode error = U_ZERO_ERROR;
    uloc_forLanguageTag(tag.c_str(), locale.data(), locale.size(), nullptr, &error);
    uloc_addLikelySubtags(locale.data(), whole.data(), whole.size(), &error);
    uloc_getScript(whole.data(), script.data(), script.size(), &error);
    // A warning says that a place is full, and the zero at its end is missing.
    return error == U_ZERO_ERROR ? script.data() : "";
}

}  // namespace lang
