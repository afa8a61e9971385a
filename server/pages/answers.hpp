// What a posted form says, question by question, and what is wrong with it: all faults at once, each with the
// question it belongs to. Values stay in the form's own wiped memory; here are views of them.
#pragma once

#include <string_view>
#include <vector>

#include "server/http/form.hpp"
#include "server/pages/questions.hpp"

namespace pages {

struct fault {
    std::string_view question;  // its name
    lang::phrase sentence;
    std::size_t most = 0;  // for {most} in the sentence; 0: none in it
};
using faults = std::vector<fault>;

class answers {
  public:
    explicit answers(const http::form& form, const questionnaire& asked = report_questions())
        : form_(form), asked_(asked) {}

    // What was sent, the first of that name; empty where nothing was.
    [[nodiscard]] std::string_view text(std::string_view name) const { return form_.value(name); }
    [[nodiscard]] bool chose(std::string_view name, std::string_view code) const;
    // Whether there is anything at all (blanks are nothing).
    [[nodiscard]] bool answered(const question& question) const;
    // The question's group is asked of this reporter.
    [[nodiscard]] bool asked(const group& group) const;
    // It happens to the reporter.
    [[nodiscard]] bool self() const { return text("rol") == "slachtoffer"; }
    [[nodiscard]] bool minor() const { return text("minderjarig") == "ja"; }
    // Words that fit who is asked.
    [[nodiscard]] const wording& words(const question& question) const;

    // Everything wrong on these pages, in the order of the pages.
    [[nodiscard]] faults judge(page page) const;

    [[nodiscard]] const http::form& form() const { return form_; }
    [[nodiscard]] const questionnaire& questions() const { return asked_; }

  private:
    void judge(const question& question, faults& found) const;

    const http::form& form_;
    const questionnaire& asked_;
};

// Forms that forced sex may lie behind: those for which the guide names who helps then, too.
[[nodiscard]] bool maybe_sexual(const answers& given);

// By the mailbox (where there is one and it was not declined), a telephone number or an address.
[[nodiscard]] bool can_be_reached(const answers& given, bool mailbox);

}  // namespace pages
