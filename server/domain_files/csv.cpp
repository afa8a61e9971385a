#include "server/domain_files/csv.hpp"

#include <fmt/format.h>

namespace guide {

char csv_separator(std::string_view header) { return header.contains(';') ? ';' : ','; }

void csv_fields(std::string_view line, char separator, std::vector<std::string_view>& out) {
    out.clear();
    for (;;) {
        std::size_t end = 0;
        if (line.starts_with('"')) {
            end = line.find('"', 1);
            while (end != line.npos && line.substr(end).starts_with("\"\"")) end = line.find('"', end + 2);
            if (end == line.npos) end = 0;  // it does not end: taken as it stands
        }
        const std::size_t next = line.find(separator, end);
        auto field = line.substr(0, next);
        if (end > 0 && field.size() == end + 1) field = field.substr(1, end - 1);
        out.push_back(field);
        if (next == line.npos) return;
        line.remove_prefix(next + 1);
    }
}

bool begins(std::string_view column, std::string_view begin) {
    if (column.size() < begin.size()) return false;
    for (std::size_t i = 0; i < begin.size(); ++i) {
        const char c =
            column[i] >= 'A' && column[i] <= 'Z' ? static_cast<char>(column[i] - 'A' + 'a') : column[i];
        if (c != begin[i]) return false;
    }
    return true;
}

unsigned municipality_number(std::string_view field) {
    if (field.starts_with("GM")) field.remove_prefix(2);
    if (field.empty() || field.size() > 4) return 0;
    unsigned out = 0;
    for (const char c : field) {
        if (c < '0' || c > '9') return 0;
        out = out * 10 + static_cast<unsigned>(c - '0');
    }
    return out;
}

std::string municipality_code(unsigned number) { return fmt::format("GM{:04}", number); }

}  // namespace guide
