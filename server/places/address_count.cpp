#include "server/places/address_count.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text/ascii.hpp"

namespace guide {
namespace {

constexpr unsigned first_postcode = 1000, last_postcode = 9999;
// The country has some 4,400. What has many more is another file, and must not fill the memory.
constexpr std::size_t most_pairs = 100'000;

using base::is_digit;
using base::is_letter;

// The digits of "1011AB" or "1011 AB"; 0 where it is no postcode.
unsigned postcode_of(std::string_view text) {
    if (text.size() == 7 && text[4] == ' ') {
        if (!is_letter(text[5]) || !is_letter(text[6])) return 0;
    } else if (text.size() != 6 || !is_letter(text[4]) || !is_letter(text[5])) {
        return 0;
    }
    unsigned out = 0;
    for (const char c : text.substr(0, 4)) {
        if (!is_digit(c)) return 0;
        out = out * 10 + static_cast<unsigned>(c - '0');
    }
    return out >= first_postcode ? out : 0;
}

// "Gemeente2026" is of 2026.
std::optional<unsigned> year_in(std::string_view column) {
    if (column.size() < 4) return std::nullopt;
    unsigned out = 0;
    for (const char c : column.substr(column.size() - 4)) {
        if (!is_digit(c)) return std::nullopt;
        out = out * 10 + static_cast<unsigned>(c - '0');
    }
    return out;
}

}  // namespace

address_count::address_count(std::string file)
    : file_(std::move(file)), by_postcode_(last_postcode - first_postcode + 1) {}

void address_count::add(std::size_t line, std::string sentence) {
    if (++fault_count_ <= most_faults) faults_.push_back({file_, line, std::move(sentence)});
}

void address_count::feed(std::string_view part) {
    lines_.feed(part, [this](std::size_t line, std::string_view text) { take(line, text); });
}

void address_count::take_header(std::string_view text) {
    header_seen_ = true;
    separator_ = csv_separator(text);
    csv_fields(text, separator_, fields_);
    columns_ = fields_.size();
    const auto place = [this](std::string_view begin) {
        return static_cast<std::size_t>(
            std::ranges::find_if(fields_, [&](auto name) { return begins(name, begin); }) - fields_.begin());
    };
    pc6_ = place("pc6");
    gemeente_ = std::min(place("gem"), place("gm_"));
    header_right_ = pc6_ < columns_ && gemeente_ < columns_ && text.size() <= csv_lines::longest;
    if (!header_right_)
        return add(1,
                   "this is not the pc6hnr file of CBS: its first line must name the columns PC6, "
                   "Huisnummer, Buurt…, "
                   "Wijk… and Gemeente…, split by semicolons");
    out_.year = year_in(fields_[gemeente_]);
}

void address_count::take(std::size_t line, std::string_view text) {
    if (!header_seen_) return take_header(text);
    if (!header_right_ || text.empty()) return;
    if (text.size() > csv_lines::longest)
        return add(line, fmt::format("the line has more than {} bytes", csv_lines::longest));
    csv_fields(text, separator_, fields_);
    if (fields_.size() != columns_)
        return add(line, fmt::format("the line has {} columns, not {}: the file seems cut off or damaged",
                                     fields_.size(), columns_));
    const unsigned postcode = postcode_of(fields_[pc6_]);
    if (postcode == 0)
        return add(line, "PC6 is not a postcode (four digits, the first no 0, and two letters)");
    const unsigned gemeente = municipality_number(fields_[gemeente_]);
    if (gemeente == 0) return add(line, "the municipality is not a number from 1 to 9999");
    count(line, postcode, gemeente);
}

void address_count::count(std::size_t line, unsigned postcode, unsigned gemeente) {
    auto& shares = by_postcode_[postcode - first_postcode];
    auto at = std::ranges::find(shares, gemeente, &counted_addresses::share::gemeente);
    if (at == shares.end()) {
        if (pairs_ == most_pairs)
            return add(line,
                       "the file has more postcodes and municipalities than the country: it is another file");
        ++pairs_;
        at = shares.insert(at, {static_cast<std::uint16_t>(gemeente), 0});
        if (first_line_[gemeente] == 0) first_line_[gemeente] = line;
    }
    ++at->addresses;
    ++out_.addresses;
}

counted_addresses address_count::finish() {
    lines_.finish([this](std::size_t line, std::string_view text) { take(line, text); });
    if (!header_seen_) add(0, "the file is empty");
    if (header_right_ && out_.addresses == 0 && fault_count_ == 0) add(0, "the file has no address");
    for (std::size_t i = 0; i < by_postcode_.size(); ++i)
        if (!by_postcode_[i].empty())
            out_.postcodes.emplace(static_cast<std::uint16_t>(first_postcode + i),
                                   std::move(by_postcode_[i]));
    for (std::size_t i = 0; i < first_line_.size(); ++i)
        if (first_line_[i] != 0) out_.first_line.emplace(static_cast<std::uint16_t>(i), first_line_[i]);
    return std::move(out_);
}

}  // namespace guide
