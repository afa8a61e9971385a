// Lines of a CSV file as Statistics Netherlands publishes them: columns split by semicolons (some years
// commas), a field perhaps in quotes, LF or CR LF, perhaps a byte order mark. Read as a stream: a file of 200
// MB passes through one line of memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace guide {

// Puts lines together from parts of any size.
class csv_lines {
  public:
    static constexpr std::size_t longest = 1000;  // their lines have some forty bytes

    // Calls take(number, text) with every line that is whole by now: its number counted from 1, its text
    // without line end, cut off after `longest` bytes and one.
    template <class Take>
    void feed(std::string_view part, Take&& take) {
        while (!part.empty()) {
            const std::size_t end = part.find('\n');
            const auto text = part.substr(0, end);
            if (end == std::string_view::npos) return keep(text);
            if (rest_.empty()) {
                pass(text, take);
            } else {
                keep(text);
                pass(rest_, take);
                rest_.clear();
            }
            part.remove_prefix(end + 1);
        }
    }

    // The last line, where it does not end.
    template <class Take>
    void finish(Take&& take) {
        if (!rest_.empty()) pass(rest_, take);
        rest_.clear();
    }

  private:
    void keep(std::string_view text) {
        rest_ += text.substr(0, longest + 1 - std::min(rest_.size(), longest + 1));
    }

    template <class Take>
    void pass(std::string_view text, Take& take) {
        if (++line_ == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        if (text.ends_with('\r')) text.remove_suffix(1);
        take(line_, text.substr(0, longest + 1));
    }

    std::string rest_;
    std::size_t line_ = 0;
};

// The separator of a header line: a semicolon where it holds one, else a comma.
[[nodiscard]] char csv_separator(std::string_view header);

// The fields of a line into `out`, without the quotes around them; a doubled quote inside stays as it is
// written.
void csv_fields(std::string_view line, char separator, std::vector<std::string_view>& out);

// Whether a column's name begins so; `begin` in lower case.
[[nodiscard]] bool begins(std::string_view column, std::string_view begin);

// The number of a municipality, "363" or "GM0363" (1 to 9999); 0 where it is none.
[[nodiscard]] unsigned municipality_number(std::string_view field);

// 363 as "GM0363".
[[nodiscard]] std::string municipality_code(unsigned number);

}  // namespace guide
