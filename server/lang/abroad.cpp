#include "server/lang/abroad.hpp"

#include <array>
#include <memory>
#include <string_view>
#include <unicode/locid.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/tznames.h>
#include <unicode/uloc.h>

namespace lang {
namespace {

constexpr std::string_view home = "NL", home_clock = "Europe/Amsterdam";
constexpr std::array<const char*, 8> continents = {"002", "003", "005", "009", "013", "019", "142", "150"};

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

std::string territory(const char* code, const icu::Locale& in) {
    icu::UnicodeString name;
    return utf8(icu::Locale("", code).getDisplayCountry(in, name));
}

void add_cities(std::vector<std::string>& out, const icu::Locale& in) {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<icu::TimeZoneNames> names(icu::TimeZoneNames::createInstance(in, error));
    const std::unique_ptr<icu::StringEnumeration> clocks(icu::TimeZone::createTimeZoneIDEnumeration(
        UCAL_ZONE_TYPE_CANONICAL_LOCATION, nullptr, nullptr, error));
    if (U_FAILURE(error)) return;
    while (const auto* id = clocks->snext(error)) {
        if (U_FAILURE(error)) return;
        if (utf8(*id) == home_clock) continue;
        icu::UnicodeString name;
        names->getExemplarLocationName(*id, name);
        if (!name.isEmpty()) out.push_back(utf8(name));
    }
}

}  // namespace

std::vector<std::string> names_abroad(const std::string& locale) {
    const auto in = icu::Locale::createFromName(locale.c_str());
    std::vector<std::string> out;
    for (const auto* const* code = uloc_getISOCountries(); *code; ++code)
        if (*code != home) out.push_back(territory(*code, in));
    for (const auto* code : continents) out.push_back(territory(code, in));
    out.push_back(territory("XK", in));
    add_cities(out, in);
    return out;
}

std::string name_of_the_netherlands(const std::string& locale) {
    return territory(home.data(), icu::Locale::createFromName(locale.c_str()));
}

}  // namespace lang
