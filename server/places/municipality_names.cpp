#include "server/places/municipality_names.hpp"

#include <algorithm>

#include "base/text/utf8.hpp"
#include "server/domain_files/csv.hpp"

namespace guide {
namespace {

std::string utf8_of(std::string_view text) {
    if (base::is_utf8(text)) return std::string(text);
    std::string out;
    for (const char c : text) base::append_utf8(out, static_cast<unsigned char>(c));
    return out;
}

class list_reader {
  public:
    list_reader(const std::string& file, std::vector<fault>& faults) : file_(file), faults_(faults) {}

    void take(std::size_t line, std::string_view text) {
        if (columns_ > 0 && text.empty()) return;
        if (columns_ == 0) return take_header(text);
        if (!right_) return;
        csv_fields(text, separator_, fields_);
        const unsigned number = fields_.size() == columns_ ? municipality_number(fields_[code_]) : 0;
        if (number == 0 || fields_[name_].empty())
            return faults_.push_back(
                {file_, line, "the line does not give a municipality's number (1 to 9999) and name"});
        names_[number] = utf8_of(fields_[name_]);
    }

    std::map<unsigned, std::string> finish() {
        if (right_ && names_.empty()) faults_.push_back({file_, 0, "the file has no municipality"});
        if (columns_ == 0) faults_.push_back({file_, 0, "the file is empty"});
        return std::move(names_);
    }

  private:
    void take_header(std::string_view text) {
        separator_ = csv_separator(text);
        csv_fields(text, separator_, fields_);
        columns_ = fields_.size();
        const auto place = [this](auto... begin) {
            const auto at =
                std::ranges::find_if(fields_, [&](auto name) { return (begins(name, begin) || ...); });
            return static_cast<std::size_t>(at - fields_.begin());
        };
        code_ = place("gemeentecode", "gemcode", "gm_code");
        name_ = place("gemeentenaam", "gemnaam", "gm_naam");
        right_ = code_ < columns_ && name_ < columns_;
        if (!right_)
            faults_.push_back(
                {file_, 1,
                 "this is not the list of municipalities of CBS: its first line must name the columns "
                 "Gemeentecode and Gemeentenaam, split by semicolons"});
    }

    const std::string& file_;
    std::vector<fault>& faults_;
    char separator_ = ';';
    std::size_t columns_ = 0, code_ = 0, name_ = 0;
    bool right_ = false;
    std::vector<std::string_view> fields_;
    std::map<unsigned, std::string> names_;
};

}  // namespace

std::map<unsigned, std::string> municipality_names(std::string_view text, const std::string& file,
                                                   std::vector<fault>& faults) {
    list_reader reader(file, faults);
    const auto take = [&](std::size_t line, std::string_view one) { reader.take(line, one); };
    csv_lines lines;
    lines.feed(text, take);
    lines.finish(take);
    return reader.finish();
}

}  // namespace guide
