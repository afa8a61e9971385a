// The log: one line on stderr per start, stop and fault, none per visitor. What can be logged is a type:
// words fixed at compile time, the sentence of an errc, numbers, and what the operator configured. Nothing a
// visitor sent has a way in, and lines carry no clock time (the journal that collects them adds the
// operator's own).
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <type_traits>

namespace watch {

class word {
  public:
    consteval word(const char* text) : text_(text) {}  // NOLINT: a literal is a word
    template <class E>
        requires std::is_enum_v<E>
    word(E error) : text_(text(error)) {}  // NOLINT: found by the room of the errc; its texts are literals
    [[nodiscard]] std::string_view view() const { return text_; }

  private:
    std::string_view text_;
};

// A value out of the configuration or the command line, named as such where it is logged.
// explicit, so that no pair of braces makes one by accident.
struct configured {
    explicit configured(std::string_view from) : text(from) {}
    std::string_view text;
};

class value {
  public:
    template <std::integral I>
    value(I number) : number_(static_cast<std::int64_t>(number)) {}  // NOLINT
    value(word text) : text_(text.view()), is_text_(true) {}         // NOLINT
    template <class E>
        requires std::is_enum_v<E>
    value(E error) : value(word(error)) {}                  // NOLINT
    value(configured c) : text_(c.text), is_text_(true) {}  // NOLINT
    [[nodiscard]] bool is_text() const { return is_text_; }
    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] std::int64_t number() const { return number_; }

  private:
    std::string_view text_;
    std::int64_t number_ = 0;
    bool is_text_ = false;
};

struct named {
    word name;
    value what;
};

// "<program>: <text> name=value …" on stderr, in one write.
void note(word text, std::initializer_list<named> values = {});
// The same with "fault: " before the text.
void fault(word text, std::initializer_list<named> values = {});

}  // namespace watch
