// Literals are cut at line ends, so that a line is a run of marks that ends with one of them; a remark that
// spans lines is part of the line it begins on.
#include "server/html/template_marks.hpp"

#include <algorithm>
#include <span>

namespace html {
namespace {

using kind = template_mark::kind;

constexpr std::string_view blanks = " \t\r\n";

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool is_file_name(std::string_view text) {
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return is_word(c) || c == '.' || c == '/'; });
}

std::size_t lines_in(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

class mark_reader {
  public:
    explicit mark_reader(std::string_view source) : rest_(source) {}

    template_marks read() {
        while (!rest_.empty()) {
            literal(take(rest_.find("{{")));
            if (!rest_.empty()) braces();
        }
        return std::move(out_);
    }

  private:
    std::string_view take(std::size_t size) {
        const auto taken = rest_.substr(0, size);
        rest_.remove_prefix(taken.size());
        return taken;
    }

    void add(kind what, std::string_view text) {
        out_.marks.push_back({.what = what, .text = text, .line = line_});
    }

    void fault(std::string sentence) {
        out_.faults.push_back({.line = line_, .sentence = std::move(sentence)});
    }

    void literal(std::string_view text) {
        while (!text.empty()) {
            const auto line = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
            add(kind::literal, line);
            line_ += lines_in(line);
            text.remove_prefix(line.size());
        }
    }

    void braces() {
        const auto end = rest_.find("}}", 2);
        const auto next = rest_.find("{{", 2);
        if (end == rest_.npos || next < end) {
            fault("a {{ without its }}");
            line_ += lines_in(take(next));
            return;
        }
        const auto whole = take(end + 2);
        mark(whole.substr(2, end - 2));
        line_ += lines_in(whole);
    }

    void mark(std::string_view inside) {
        const auto behind = inside.substr(std::min<std::size_t>(1, inside.size()));
        switch (inside.empty() ? ' ' : inside.front()) {
            case '!':
                return add(kind::remark, behind);
            case '_':
                return add(kind::phrase, behind);
            case '>':
                if (is_file_name(behind)) return add(kind::include, behind);
                break;
            case '#':
                if (is_slot_name(behind)) return add(kind::section, behind);
                break;
            case '^':
                if (is_slot_name(behind)) return add(kind::inverse, behind);
                break;
            case '/':
                if (is_slot_name(behind)) return add(kind::close, behind);
                break;
            default:
                if (is_slot_name(inside)) return add(kind::slot, inside);
                break;
        }
        fault("this is nothing that stands between {{ and }}: " + std::string(inside));
    }

    std::string_view rest_;
    std::size_t line_ = 1;
    template_marks out_;
};

bool is_blank(const template_mark& mark) {
    return mark.what == kind::literal && mark.text.find_first_not_of(blanks) == mark.text.npos;
}

bool is_seen(const template_mark& mark) {
    return mark.what == kind::slot || mark.what == kind::phrase ||
           (mark.what == kind::literal && !is_blank(mark));
}

// Takes the white space and the line end from a line that has marks and shows nothing.
void strip(std::span<const template_mark> line, std::vector<template_mark>& to) {
    const bool alone = std::ranges::none_of(line, is_seen) && !std::ranges::all_of(line, is_blank);
    for (const auto& mark : line)
        if (mark.what != kind::remark && !(alone && is_blank(mark))) to.push_back(mark);
}

std::vector<template_mark> without_empty_lines(std::span<const template_mark> marks) {
    std::vector<template_mark> out;
    while (!marks.empty()) {
        const auto end = std::ranges::find_if(
            marks, [](const auto& mark) { return mark.what == kind::literal && mark.text.ends_with('\n'); });
        const auto size = static_cast<std::size_t>(end - marks.begin()) + (end == marks.end() ? 0 : 1);
        strip(marks.first(size), out);
        marks = marks.subspan(size);
    }
    return out;
}

}  // namespace

template_marks read_marks(std::string_view source) {
    auto out = mark_reader(source).read();
    out.marks = without_empty_lines(out.marks);
    return out;
}

bool is_slot_name(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_word); }

}  // namespace html
