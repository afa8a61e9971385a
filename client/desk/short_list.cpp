#include "client/desk/short_list.hpp"

#include <unistd.h>

#include <fmt/format.h>

#include "client/here/wrapped.hpp"
#include "client/print.hpp"

namespace desk {
namespace {

// No value of a server's makes its column wider.
constexpr std::string_view columns_of_list =
    "{:<8.8}  {:<10.10}  {:<10.10}  {:<6}  {:<16.16}  {:<10.10}  {:<6}\n";
constexpr std::size_t whole_list = 126;  // of the list with whole ids, without its last column

}  // namespace

bool wants_short_list() {
    return ::isatty(STDOUT_FILENO) != 0 && client::terminal_columns(STDOUT_FILENO) < whole_list;
}

std::string short_heading() {
    return fmt::format(columns_of_list, "id", "ontvangen", "termijn", "spoed", "status", "rol", "opened");
}

std::string short_line_of(const row& row, std::size_t columns) {
    auto out = fmt::format(columns_of_list, row.id, row.ontvangen, row.termijn, row.spoed ? "URGENT" : "",
                           escaped_line(row.status), escaped_line(row.rol), row.geopend ? "yes" : "NO");
    if (const auto end = end_text(row); !end.empty()) out += client::wrapped(end, "    ", "    ", columns);
    return out;
}

}  // namespace desk
