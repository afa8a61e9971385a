// A page being put together: the view, and the translated texts that live as long as it. What a reporter
// typed is not kept here, only looked at where it lies.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/guide/handbook.hpp"
#include "server/pages/answers.hpp"
#include "server/pages/book.hpp"
#include "server/pages/places.hpp"

namespace pages {

// What is the same on every page of the site.
struct frame {
    const lang::languages& languages;
    const lang::language& language;
    std::string_view style_path, icon_path, script_path;
    // Whose numbers stand on the page.
    std::shared_ptr<const guide::handbook> handbook;
    protocol::day today;
    bool demonstration = false;
    bool mailbox = false;  // a code is offered
    // Of the form that this is a page of, behind the language: "melden".
    std::string_view address = "melden";

    // The form of a report that cannot send anything.
    [[nodiscard]] bool practice() const { return address == "oefenen"; }
};

class screen {
  public:
    screen(sheet sheet, const frame& frame);

    html::view view;
    [[nodiscard]] std::string_view keep(std::string text) { return kept_.emplace_back(std::move(text)); }
    [[nodiscard]] std::string_view say(lang::phrase phrase) { return keep(language_.text(phrase)); }
    // A text of the guide: that of its file, else that of the catalogue, else the English one.
    [[nodiscard]] html::spoken say(const guide::words& words);
    // A phrase that a language may do without: English where it does.
    [[nodiscard]] html::spoken said(lang::phrase phrase) { return said(phrase.context, phrase.text); }
    // The phrase with {name} put in.
    [[nodiscard]] std::string_view say(lang::phrase phrase, std::string_view name, std::string_view value);
    [[nodiscard]] const lang::language& language() const { return language_; }

    // The questions of this page with what was answered, and the faults beside them and in the summary.
    // place: what the typed place led to, asked about where it must be.
    void put_questions(page page, const answers& given, const faults& found, const place& place);
    // Everything that was answered and is not asked on this page (nothing: the check page, which asks none),
    // so that nothing is lost on the way.
    void put_hidden(const answers& given, std::optional<page> asking);
    void put_hidden(std::string_view name, std::string_view value);

    // A fact of the guide stands on this page, last verified then.
    void shows(std::optional<protocol::day> verified);
    // Fills `nagegaan` and `gecontroleerd`: the day on which the facts were checked, said once a page.
    void put_checked();

  private:
    [[nodiscard]] html::spoken said(std::string_view context, std::string_view english);

    struct option {
        std::string_view code, label, hint;
        bool chosen = false;
    };
    // marked: says of what may be skipped that it may.
    void put_question(html::view& group, const question& question, const answers& given, const faults& found,
                      const std::vector<option>& options, bool marked);
    [[nodiscard]] std::vector<option> options_of(const question& question, const answers& given);
    [[nodiscard]] std::vector<option> options_of(const place& place);

    const lang::language& language_;
    const bool mailbox_;
    std::optional<protocol::day> oldest_, newest_;  // of the facts that were put on the page
    std::deque<std::string> kept_;
};

// The text with every {name} replaced.
[[nodiscard]] std::string filled(std::string text, std::string_view name, std::string_view value);

}  // namespace pages
