// Literal text goes through html_place byte by byte; marks ask it whether they may stand where they stand.
#include "server/html/template_compiler.hpp"

#include <algorithm>

#include "server/html/html_text.hpp"
#include "server/html/template_phrase.hpp"

namespace html {
namespace {

using kind = template_step::kind;

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

std::string escaped(std::string_view text) {
    std::string out;
    append_html_text(out, text);
    return out;
}

kind step_of(slot_kind slot, bool inverse) {
    if (slot == slot_kind::list) return inverse ? kind::none : kind::each;
    return inverse ? kind::unless : kind::when;
}

}  // namespace

template_compiler::template_compiler(std::span<const template_source> sources, shape shape,
                                     const translation& translate)
    : sources_(sources), shape_(shape), translate_(translate), scopes_{shape} {
    program_.shape = shape;
}

template_program template_compiler::page(std::string_view name) {
    const place whole{.name = name};
    source(name, whole);
    fault_if(whole, html_.end());
    unused(shape_, "", whole);
    return std::move(program_);
}

void template_compiler::source(std::string_view name, const place& includer, bool in_phrase) {
    const auto found = std::ranges::find(sources_, name, &template_source::name);
    if (found == sources_.end()) return fault(includer, "there is no template " + quoted(name));
    if (std::ranges::find(within_, name) != within_.end())
        return fault(includer, quoted(name) + " includes itself");
    within_.push_back(name);
    const auto outer = sections_.size();
    auto whole = found->text;
    // The line end of a file is no blank between a number and the full stop behind it.
    if (in_phrase && whole.ends_with('\n')) whole.remove_suffix(1);
    const auto read = read_marks(whole);
    for (const auto& one : read.faults) fault({.name = name, .line = one.line}, one.sentence);
    for (const auto& one : read.marks) mark(one, {.name = name, .line = one.line});
    while (sections_.size() > outer) {
        const auto& left = sections_.back();
        fault(left.opened, quoted(left.name) + " is not closed");
        end_section();
    }
    within_.pop_back();
}

void template_compiler::mark(const template_mark& mark, const place& at) {
    switch (mark.what) {
        case template_mark::kind::literal:
            return literal(mark.text, at);
        case template_mark::kind::slot:
            return text(mark.text, at);
        case template_mark::kind::section:
        case template_mark::kind::inverse:
            return open(mark, at);
        case template_mark::kind::close:
            return close(mark.text, at);
        case template_mark::kind::include:
            return source(mark.text, at);
        case template_mark::kind::phrase:
            return phrase(mark.text, at);
        case template_mark::kind::remark:
            return;
    }
}

void template_compiler::literal(std::string_view text, place at) {
    for (const char c : text) {
        fault_if(at, html_.literal(c));
        if (c == '\n') ++at.line;
    }
    add(text);
}

void template_compiler::text(std::string_view name, const place& at) {
    const bool segment = html_.begins_path();
    fault_if(at, html_.slot());
    const auto slot = bind(name, at);
    if (slot.what == nullptr) return;
    if (slot.what->kind != slot_kind::text)
        return fault(at, quoted(name) + " is a flag or a list, and stands where a text does");
    const auto what = segment ? kind::segment : html_.between_tags() ? kind::words : kind::text;
    program_.steps.push_back({.what = what, .slot = slot.at, .begin = 0, .end = 0});
}

void template_compiler::open(const template_mark& mark, const place& at) {
    const bool inverse = mark.what == template_mark::kind::inverse;
    auto slot = bind(mark.text, at);
    if (slot.what != nullptr && slot.what->kind == slot_kind::text) {
        fault(at, quoted(mark.text) + " is a text, and stands where a flag or a list does");
        slot = {};
    }
    const bool list = slot.what != nullptr && slot.what->kind == slot_kind::list && !inverse;
    const auto misplaced = html_.enter(list);
    fault_if(at, misplaced);
    if (list && is_open(slot)) fault(at, quoted(mark.text) + " stands within itself");
    sections_.push_back({.name = mark.text,
                         .opened = at,
                         .step = program_.steps.size(),
                         .list = list,
                         .placed = misplaced.empty(),
                         .html = html_});
    const auto what = slot.what == nullptr ? kind::when : step_of(slot.what->kind, inverse);
    program_.steps.push_back({.what = what, .slot = slot.at, .begin = 0, .end = 0});
    section_end_ = program_.steps.size();
    if (!list) return;
    open_lists_.push_back({.up = scopes_.size() - 1 - slot.at.up, .place = slot.at.place});
    scopes_.push_back(slot.what->inside);
}

void template_compiler::close(std::string_view name, const place& at) {
    // A section opened in an including template is not closed by an included one.
    const bool known = std::ranges::any_of(
        sections_, [&](const section& one) { return one.opened.name == at.name && one.name == name; });
    if (!known) return fault(at, quoted(name) + " is closed, and not open");
    while (sections_.back().name != name) {
        const auto& left = sections_.back();
        fault(left.opened, quoted(left.name) + " is not closed before " + quoted(name));
        end_section();
    }
    if (sections_.back().placed) fault_if(at, html_.leave(sections_.back().html));
    end_section();
}

void template_compiler::end_section() {
    const auto& ended = sections_.back();
    program_.steps[ended.step].end = section_end_ = program_.steps.size();
    if (ended.list) {
        scopes_.pop_back();
        open_lists_.pop_back();
    }
    sections_.pop_back();
}

void template_compiler::phrase(std::string_view source, const place& at) {
    fault_if(at, html_.phrase());
    const auto phrase = read_phrase(source);
    if (!phrase) return fault(at, "a phrase is written {{_ \"context\" \"English text\"}}");
    const auto english = phrase_parts(phrase->text);
    if (!english) return fault(at, "a brace in a phrase that is not one of {name}");
    const auto translated = translate_(phrase->context, phrase->text);
    const auto parts = phrase_parts(translated.text);
    if (!parts || !same_slots(*english, *parts))
        return fault(at, "the translation has other slots than the phrase: " + quoted(translated.text));
    const bool foreign = !translated.language.empty() && html_.between_tags();
    if (foreign) {
        add(language_begins);
        add(escaped(translated.language));
        add(language_goes_on);
    }
    for (const auto& part : *parts) {
        if (!part.slot)
            add(escaped(part.text));
        else if (const auto* piece = piece_of(part.text); piece != nullptr)
            this->source(piece->name, at, true);
        else
            text(part.text, at);
    }
    if (foreign) add(language_ends);
}

void template_compiler::add(std::string_view bytes) {
    program_.add_literal(bytes, section_end_ == program_.steps.size());
}

// What a slot of a phrase is where no scope has its name: the template of that name, as marked up there.
const template_source* template_compiler::piece_of(std::string_view name) const {
    for (const auto& scope : scopes_)
        if (std::ranges::find(scope, name, &slot::name) != scope.end()) return nullptr;
    const auto file = std::string(name) + ".html";
    const auto found = std::ranges::find(sources_, file, &template_source::name);
    return found == sources_.end() ? nullptr : &*found;
}

template_compiler::bound template_compiler::bind(std::string_view name, const place& at) {
    for (std::size_t up = 0; up < scopes_.size(); ++up) {
        const auto scope = scopes_[scopes_.size() - 1 - up];
        const auto found = std::ranges::find(scope, name, &slot::name);
        if (found == scope.end()) continue;
        used_.push_back(&*found);
        return {.what = &*found, .at = {.up = up, .place = static_cast<std::size_t>(found - scope.begin())}};
    }
    fault(at, "no name here: " + quoted(name));
    return {};
}

// A list within itself would run over the same items for each of them.
bool template_compiler::is_open(const bound& list) const {
    const auto level = scopes_.size() - 1 - list.at.up;
    return std::ranges::any_of(
        open_lists_, [&](const slot_place& open) { return open.up == level && open.place == list.at.place; });
}

void template_compiler::unused(shape shape, const std::string& around, const place& whole) {
    for (const auto& slot : shape) {
        const auto name = around + std::string(slot.name);
        if (std::ranges::find(used_, &slot) == used_.end())
            fault(whole, quoted(name) + " is used nowhere");
        else
            unused(slot.inside, name + '.', whole);
    }
}

void template_compiler::fault(const place& at, std::string sentence) {
    template_fault fault{.name = std::string(at.name), .line = at.line, .sentence = std::move(sentence)};
    const auto same = [&](const template_fault& one) {
        return one.name == fault.name && one.line == fault.line && one.sentence == fault.sentence;
    };
    if (faults_.size() < most_template_faults && std::ranges::none_of(faults_, same))
        faults_.push_back(std::move(fault));
}

void template_compiler::fault_if(const place& at, std::string_view sentence) {
    if (!sentence.empty()) fault(at, std::string(sentence));
}

}  // namespace html
