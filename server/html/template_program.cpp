// Runs a program twice: first to know how long the page is, then to write it into memory that is not moved
// any more. So a growing string leaves no pieces of what a reporter wrote, and a view that does not fit is
// found before a byte is out.
#include "server/html/template_program.hpp"

#include <stdexcept>

#include "server/html/html_text.hpp"

namespace html {
namespace {

using kind = template_step::kind;

struct measure {
    std::size_t size = 0;
    void literal(std::string_view bytes) { size += bytes.size(); }
    void text(std::string_view text) { size += html_text_size(text); }
};

struct write {
    std::string& out;
    void literal(std::string_view bytes) { out += bytes; }
    void text(std::string_view text) { append_html_text(out, text); }
};

// The view of an item, and that of what is around its list.
struct scope {
    const view& inside;
    const scope* outside = nullptr;

    const view::value& at(const slot_place& slot) const {
        const auto* scope = this;
        for (auto up = slot.up; up > 0; --up) scope = scope->outside;
        return scope->inside.at(slot.place);
    }
};

// With such a text behind its first slash an address would be that of another host (URL, section 4.4: "//",
// "/\", and tabs and line ends are dropped).
void must_be_segment(std::string_view text) {
    if (text.empty() || std::string_view("/\\\t\n\r").contains(text.front()))
        throw std::logic_error("a text behind the first slash of an address is empty or begins with another");
}

template <class Out>
class run {
  public:
    run(const template_program& program, Out& out) : program_(program), out_(out) {}

    void steps(std::size_t from, std::size_t to, const scope& scope) {
        while (from < to) {
            const auto& step = program_.steps[from];
            from = goes_in(step, scope, from + 1) ? from + 1 : step.end;
        }
    }

  private:
    // Whether the next step is the one behind this, and not the one at its end.
    bool goes_in(const template_step& step, const scope& around, std::size_t next) {
        if (step.what == kind::literal) {
            out_.literal(std::string_view(program_.literals).substr(step.begin, step.end - step.begin));
            return true;
        }
        const auto& value = around.at(step.slot);
        switch (step.what) {
            case kind::literal:
                break;
            case kind::segment:
                must_be_segment(value.text);
                [[fallthrough]];
            case kind::text:
                out_.text(value.text);
                break;
            case kind::words:
                words(value);
                break;
            case kind::each:
                for (const auto& item : value.items)
                    steps(next, step.end, {.inside = item, .outside = &around});
                return false;
            case kind::none:
                return value.items.empty();
            case kind::when:
                return value.flag;
            case kind::unless:
                return !value.flag;
        }
        return true;
    }

    void words(const view::value& value) {
        if (value.language.empty()) return out_.text(value.text);
        out_.literal(language_begins);
        out_.text(value.language);
        out_.literal(language_goes_on);
        out_.text(value.text);
        out_.literal(language_ends);
    }

    const template_program& program_;
    Out& out_;
};

void must_be_whole(const view& view) {
    for (std::size_t place = 0; place < view.shape().size(); ++place) {
        const auto& value = view.at(place);
        if (!value.given) throw std::logic_error("not given: " + std::string(view.shape()[place].name));
        for (const auto& item : value.items) must_be_whole(item);
    }
}

bool same(shape one, shape other) { return one.data() == other.data() && one.size() == other.size(); }

}  // namespace

void template_program::add_literal(std::string_view bytes, bool apart) {
    const auto begin = literals.size();
    literals += bytes;
    if (!apart && !steps.empty() && steps.back().what == kind::literal)
        steps.back().end = literals.size();
    else if (!bytes.empty())
        steps.push_back({.what = kind::literal, .slot = {}, .begin = begin, .end = literals.size()});
}

void template_program::render(const view& view, std::string& out) const {
    if (!same(view.shape(), shape)) throw std::logic_error("a view of another shape than the template's");
    must_be_whole(view);
    const scope scope{.inside = view, .outside = nullptr};
    measure measured;
    run(*this, measured).steps(0, steps.size(), scope);
    out.reserve(out.size() + measured.size);
    write written{out};
    run(*this, written).steps(0, steps.size(), scope);
}

}  // namespace html
