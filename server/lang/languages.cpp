// The only unit that knows Boost.Locale. Catalogues are read by its gettext reader from memory; days come
// from ICU, which brings its own tables: no locale of the system is asked for.
#include "server/lang/languages.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>
#include <locale>
#include <sstream>
#include <stdexcept>

#include <boost/locale/formatting.hpp>
#include <boost/locale/generator.hpp>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/localization_backend.hpp>
#include <fmt/format.h>

#include "server/lang/accept_language.hpp"

namespace lang {
namespace {

using messages = boost::locale::message_format<char>;

// Languages whose days ICU does not write as we want them: English as the British write it and without its
// comma, also for the pseudo-language; Papiamento, which ICU 72 does not know (it would take the server's own
// language), in Dutch. A pattern of our own would be shorter to say; ICU compiles one for every day it
// writes, at half a millisecond.
struct dated {
    std::string_view code, locale;
    bool commas;
};
constexpr dated exceptions[] = {{"en", "en_GB", false}, {"qps", "en_GB", false}, {"pap", "nl", true}};

dated dates_of(std::string_view code) {
    const auto* found = std::ranges::find(exceptions, code, &dated::code);
    return found == std::end(exceptions) ? dated{code, code, true} : *found;
}

// The calendar and the digits of the rest of the page, whatever the language's own: a reader compares them.
std::locale dates(std::string_view locale) {
    auto backend = boost::locale::localization_backend_manager::global();
    backend.select("icu");
    boost::locale::generator made_by(backend);
    made_by.categories(boost::locale::category_t::formatting);
    made_by.characters(boost::locale::char_facet_t::char_f);
    return made_by(fmt::format("{}.UTF-8@calendar=gregorian;numbers=latn", locale));
}

// What Boost's reader takes for granted: the header of the format, and the hash table it looks messages up in
// (without one it finds nothing and says nothing).
bool is_hashed_mo(std::string_view mo) {
    constexpr std::size_t header = 28;
    constexpr std::uint32_t magic = 0x950412de;  // as written by machines of our own byte order
    std::uint32_t begin = 0, slots = 0;
    if (mo.size() < header) return false;
    std::memcpy(&begin, mo.data(), sizeof begin);
    std::memcpy(&slots, mo.data() + 20, sizeof slots);
    return begin == magic && slots > 2;
}

// A locale whose message facet is the catalogue. std::runtime_error where it cannot be read.
std::locale phrases(const catalogue& catalogue) {
    boost::locale::gnu_gettext::messages_info from;
    from.language = catalogue.code;
    from.encoding = "UTF-8";
    from.domains = {std::string("baken")};
    from.paths = {"memory"};
    from.callback = [&](const std::string&, const std::string&) {
        return std::vector<char>(catalogue.mo.begin(), catalogue.mo.end());
    };
    return {std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(from)};
}

// Rules for plurals look at the last digits and at small numbers; so a number too large for Boost keeps its
// last six.
int counted(std::int64_t n) {
    constexpr std::uint64_t million = 1'000'000;
    const auto size = n < 0 ? ~static_cast<std::uint64_t>(n) + 1 : static_cast<std::uint64_t>(n);
    if (size <= static_cast<std::uint64_t>(std::numeric_limits<int>::max())) return static_cast<int>(size);
    return static_cast<int>(size % million + million);
}

std::string filled(std::string text, std::string_view slot, std::string_view value) {
    for (auto at = text.find(slot); at != text.npos; at = text.find(slot, at + value.size()))
        text.replace(at, slot.size(), value);
    return text;
}

constexpr phrase own_name{"language's own name", "English"};
constexpr phrase own_direction{"direction of writing: ltr or rtl", "ltr"};
constexpr phrase day_and_time{"a day and the time on it", "{day}, {time}"};

}  // namespace

struct language::parts {
    explicit parts(const catalogue& catalogue)
        : code(catalogue.code),
          phrases(lang::phrases(catalogue)),
          found(std::use_facet<messages>(phrases)),
          dates(lang::dates(dates_of(code).locale)),
          commas(dates_of(code).commas) {}

    std::string code, name, direction;
    std::locale phrases;
    const messages& found;  // in phrases
    std::locale dates;
    bool commas;
};

language::language(std::unique_ptr<parts> parts) : parts_(std::move(parts)) {}
language::language(language&&) noexcept = default;
language::~language() = default;

const std::string& language::code() const { return parts_->code; }
const std::string& language::name() const { return parts_->name; }
std::string_view language::direction() const { return parts_->direction; }

std::string language::text(std::string_view context, std::string_view phrase) const {
    const std::string in(context), english(phrase);
    const char* const translated = parts_->found.get(0, in.c_str(), english.c_str());
    return translated ? translated : english;
}

bool language::has(std::string_view context, std::string_view phrase) const {
    return parts_->found.get(0, std::string(context).c_str(), std::string(phrase).c_str()) != nullptr;
}

std::string language::plural(std::string_view context, std::string_view one, std::string_view many,
                             std::int64_t n) const {
    const std::string in(context), english(one);
    const char* const translated = parts_->found.get(0, in.c_str(), english.c_str(), counted(n));
    return filled(translated ? translated : std::string(n == 1 ? one : many), "{n}", fmt::to_string(n));
}

std::string language::date(std::chrono::year_month_day day) const {
    assert(day.ok());
    std::ostringstream out;
    out.imbue(parts_->dates);
    out << boost::locale::as::gmt << boost::locale::as::date << boost::locale::as::date_long
        << std::chrono::sys_seconds(std::chrono::sys_days(day)).time_since_epoch().count();
    return out.str();
}

std::string language::day(std::chrono::year_month_day day) const {
    assert(day.ok());
    std::ostringstream out;
    out.imbue(parts_->dates);
    // The day is the Netherlands' own already: written as of UTC, no zone moves it.
    out << boost::locale::as::gmt << boost::locale::as::date << boost::locale::as::date_full
        << std::chrono::sys_seconds(std::chrono::sys_days(day)).time_since_epoch().count();
    auto text = out.str();
    if (!parts_->commas) std::erase(text, ',');
    return text;
}

std::string language::time(const moment& moment) const {
    const auto clock = fmt::format("{:02}:{:02}", moment.hour, moment.minute);
    return filled(filled(text(day_and_time), "{time}", clock), "{day}", day(moment.day));
}

std::expected<languages, std::string> languages::load(std::span<const catalogue> catalogues) {
    if (catalogues.empty()) return std::unexpected("there is no catalogue of any language");
    std::vector<language> all;
    for (const auto& catalogue : catalogues) {
        if (!is_hashed_mo(catalogue.mo))
            return std::unexpected(
                fmt::format("the catalogue of {} is no .mo as msgfmt writes it", catalogue.code));
        try {
            auto parts = std::make_unique<language::parts>(catalogue);
            language one(std::move(parts));
            one.parts_->name = one.text(own_name);
            one.parts_->direction = one.text(own_direction);
            // ICU looks for its tables and the machine's time zone at the first day it writes: now, and not
            // for a visitor.
            static_cast<void>(one.day(std::chrono::year{2026} / 1 / 1));
            all.push_back(std::move(one));
        } catch (const std::runtime_error& error) {
            return std::unexpected(
                fmt::format("the catalogue of {} cannot be read: {}", catalogue.code, error.what()));
        }
        if (const auto direction = all.back().direction(); direction != "ltr" && direction != "rtl")
            return std::unexpected(
                fmt::format("the catalogue of {} must say ltr or rtl, not: {}", catalogue.code, direction));
    }
    return languages(std::move(all));
}

const language* languages::find(std::string_view code) const {
    const auto found = std::ranges::find(all_, code, &language::code);
    return found == all_.end() ? nullptr : &*found;
}

const language& languages::best(std::string_view accept_language) const {
    std::vector<std::string_view> codes;
    for (const auto& one : all_) codes.push_back(one.code());
    // More strangers read English than Dutch.
    return all_[look_up(read_accept_language(accept_language), codes, "en")];
}

}  // namespace lang
