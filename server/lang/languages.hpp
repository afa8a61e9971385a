// The languages of the pages, from gettext catalogues (.mo) compiled into the program. Everything here is
// asked at the start (phrases are compiled into templates) or with values that are nobody's secret (days,
// numbers): what a reporter wrote never passes through this room.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lang {

// A text of the program, in English, with the context that tells translators where it stands. The extractor
// (static/locale/extract.py) finds phrases by this spelling: phrase{"context", "text"}, with a third text as
// a note for translators, which the program does not keep.
struct phrase {
    constexpr phrase() = default;
    constexpr phrase(std::string_view in, std::string_view english, std::string_view /*note*/ = {})
        : context(in), text(english) {}

    std::string_view context;
    std::string_view text;
};

struct catalogue {
    std::string_view code;  // BCP 47, as it stands in addresses: "nl"
    std::string_view mo;    // the bytes of the compiled catalogue
};

// A day of the calendar in the Netherlands, and a minute of it.
struct moment {
    std::chrono::year_month_day day;
    unsigned hour = 0, minute = 0;
};

class language {
  public:
    language(language&&) noexcept;
    ~language();

    [[nodiscard]] const std::string& code() const;
    [[nodiscard]] const std::string& name() const;     // in itself: "Nederlands"
    [[nodiscard]] std::string_view direction() const;  // "ltr", "rtl"
    [[nodiscard]] std::string text(std::string_view context, std::string_view phrase) const;
    [[nodiscard]] std::string text(phrase phrase) const { return text(phrase.context, phrase.text); }
    // Whether the catalogue has it. What may wait (static/locale/contexts.toml) is English until it has.
    [[nodiscard]] bool has(std::string_view context, std::string_view phrase) const;
    // The plural that fits n; {n} in it stands for the number and is put in.
    [[nodiscard]] std::string plural(std::string_view context, std::string_view one, std::string_view many,
                                     std::int64_t n) const;
    // "23 november 2026".
    [[nodiscard]] std::string date(std::chrono::year_month_day day) const;
    // "maandag 23 november 2026"; with the hour "maandag 23 november 2026, 09:00".
    [[nodiscard]] std::string day(std::chrono::year_month_day day) const;
    [[nodiscard]] std::string time(const moment& moment) const;

  private:
    friend class languages;
    struct parts;
    explicit language(std::unique_ptr<parts> parts);
    std::unique_ptr<parts> parts_;
};

class languages {
  public:
    // In the order they are offered; the first is what somebody gets whose languages are not here. A sentence
    // for a catalogue that cannot be read.
    [[nodiscard]] static std::expected<languages, std::string> load(std::span<const catalogue> catalogues);

    [[nodiscard]] std::span<const language> all() const { return all_; }
    [[nodiscard]] const language* find(std::string_view code) const;
    // RFC 9110 §12.5.4 (Accept-Language), by lookup (RFC 4647 §3.4): the language with the highest weight
    // that is here, "nl-BE" being served by "nl"; English, where it is here, for who asks for none of ours;
    // the first of ours for "*" alone, for nothing, and for what cannot be read.
    [[nodiscard]] const language& best(std::string_view accept_language) const;

  private:
    explicit languages(std::vector<language> all) : all_(std::move(all)) {}
    std::vector<language> all_;
};

}  // namespace lang
