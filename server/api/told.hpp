// The handbook as the interface tells it: every entry as the JSON of one member of its list, made once for
// each language and put together by each answer.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/guide/handbook.hpp"

namespace api {

// Of the texts in the interface; further ones are those of pages.
enum class tongue { nl, en };
inline constexpr std::size_t tongues = 2;
// The one that an Accept-Language asks for; Dutch where it asks for neither.
[[nodiscard]] tongue tongue_of(std::string_view accept_language);
[[nodiscard]] std::string_view code_of(tongue tongue);

class told {
  public:
    // As of that day: what may not be shown then is left out.
    told(std::shared_ptr<const guide::handbook> of, protocol::day today);

    // Of the same handbook, on the same day.
    [[nodiscard]] bool is_of(const guide::handbook* other, protocol::day today) const {
        return of_.get() == other && today == today_;
    }
    [[nodiscard]] const guide::handbook& of() const { return *of_; }

    // The report's own step names the desk, and the day of the directory that says so.
    struct desk {
        std::string_view naam;
        bool opsporing;
        protocol::day datum;
    };
    void append_step(std::string& to, const guide::step& step, tongue tongue, const desk& desk) const;
    // Every entry, in the order in which help is told.
    [[nodiscard]] const std::vector<const guide::help*>& helpers() const { return helpers_; }
    // Of one of these; empty where it may not be shown.
    [[nodiscard]] const std::string& help(const guide::help& one, tongue tongue) const {
        return help_[static_cast<std::size_t>(&one - of_->hulp.data())][static_cast<std::size_t>(tongue)];
    }
    [[nodiscard]] const std::string& signal(std::size_t number, tongue tongue) const {
        return signals_[number][static_cast<std::size_t>(tongue)];
    }

  private:
    using texts = std::array<std::string, tongues>;

    std::shared_ptr<const guide::handbook> of_;
    protocol::day today_;
    std::vector<texts> steps_, help_, signals_;
    std::vector<const guide::help*> helpers_;
};

}  // namespace api
