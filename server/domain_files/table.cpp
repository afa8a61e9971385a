// Walks a file line by line. Line ends are judged once per file: a file that went through another system's
// editor has the same fault on every line.
#include "server/domain_files/table.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text/signs.hpp"
#include "base/text/utf8.hpp"
#include "server/domain_files/read_whole.hpp"

namespace guide {
namespace {

class reader {
  public:
    reader(std::string file, std::span<const std::string_view> columns, std::vector<fault>& faults)
        : file_(std::move(file)), columns_(columns), faults_(faults) {}

    std::optional<std::vector<row>> read(std::string_view text) {
        take_bom(text);
        for (; !text.empty(); ++line_) {
            const std::size_t end = text.find('\n');
            take_line(text.substr(0, end));
            if (end == std::string_view::npos) {
                add(line_, "the last line does not end: the file seems cut off");
                break;
            }
            text.remove_prefix(end + 1);
        }
        return finish();
    }

  private:
    void add(std::size_t line, std::string sentence) {
        faults_.push_back({file_, line, std::move(sentence)});
    }

    void take_bom(std::string_view& text) {
        if (!text.starts_with("\xEF\xBB\xBF")) return;
        add(1, "the file starts with a byte order mark: save it as UTF-8 without one");
        text.remove_prefix(3);
    }

    void take_line(std::string_view text) {
        if (text.ends_with('\r')) {
            if (carriage_returns_++ == 0) first_return_ = line_;
            text.remove_suffix(1);
        }
        if (!base::is_utf8(text)) return add(line_, "the line is not UTF-8");
        if (text.starts_with('#')) return;
        if (std::ranges::any_of(text, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F; })) {
            return add(line_, "the line holds a control character");
        }
        for (const auto field : split(text, '\t'))
            if (const auto sign = base::out_of_place(field))
                return add(line_, fmt::format("the line holds {}, which nobody sees: take it out",
                                              base::name_of(*sign)));
        if (!header_seen_) return take_header(text);
        if (header_right_) take_row(text);
    }

    void take_header(std::string_view text) {
        header_seen_ = true;
        header_right_ = std::ranges::equal(split(text, '\t'), columns_);
        if (!header_right_)
            add(line_, fmt::format("the header must be: {} (split by tabs{})", fmt::join(columns_, " "),
                                   text.contains('"') ? ", without double quotes" : ""));
    }

    void take_row(std::string_view text) {
        const auto parts = split(text, '\t');
        if (parts.size() != columns_.size()) {
            return add(line_, fmt::format("the line has {} columns, not {}", parts.size(), columns_.size()));
        }
        row next{line_, {}};
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const std::string_view part = parts[i];
            if (part.empty() || part.front() == ' ' || part.back() == ' ') {
                return add(line_, fmt::format("{} is empty or has a space at its end (write - for nothing)",
                                              columns_[i]));
            }
            // A spreadsheet puts them around a field; kept, they would be part of the name.
            if (part.contains('"')) {
                return add(line_, fmt::format("{} holds a double quote: nothing is quoted here, take them "
                                              "out (or save the table as text without quotes)",
                                              columns_[i]));
            }
            next.fields.emplace_back(part == "-" ? std::string_view() : part);
        }
        rows_.push_back(std::move(next));
    }

    std::optional<std::vector<row>> finish() {
        if (carriage_returns_ > 0) {
            add(first_return_,
                fmt::format("{} lines, this one the first, end in CR LF: save the file with LF alone",
                            carriage_returns_));
        }
        if (!header_seen_) add(0, "the file has no header line");
        if (!header_right_) return std::nullopt;
        if (rows_.empty()) {
            add(0, "the file has no usable row");
            return std::nullopt;
        }
        return std::move(rows_);
    }

    std::string file_;
    std::span<const std::string_view> columns_;
    std::vector<fault>& faults_;
    std::vector<row> rows_;
    std::size_t line_ = 1, carriage_returns_ = 0, first_return_ = 0;
    bool header_seen_ = false, header_right_ = false;
};

}  // namespace

std::optional<std::vector<row>> read_table(const std::filesystem::path& file,
                                           std::span<const std::string_view> columns,
                                           std::vector<fault>& faults) {
    const auto text = read_whole(file);
    if (!text) {
        faults.push_back({file.string(), 0, why_unread(file)});
        return std::nullopt;
    }
    return reader(file.string(), columns, faults).read(*text);
}

std::vector<std::string_view> split(std::string_view field, char separator) {
    std::vector<std::string_view> parts;
    if (field.empty()) return parts;
    for (;;) {
        const std::size_t end = field.find(separator);
        parts.push_back(field.substr(0, end));
        if (end == std::string_view::npos) return parts;
        field.remove_prefix(end + 1);
    }
}

}  // namespace guide
