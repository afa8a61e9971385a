#include "server/admin/backup/damages.hpp"

#include <fmt/format.h>

#include "server/store/sql/damage.hpp"

namespace admin {

void damages::look(const store::sql::table& table, std::span<const store::sql::value> row) {
    const auto found = store::sql::damage_in(table, row);
    if (found && count_++ < most) lines_ += fmt::format("Damaged, and carried as it is: {}.\n", *found);
}

std::string damages::lines() const {
    if (count_ == 0) return {};
    return lines_ + (count_ > most ? fmt::format("and {} more.\n", count_ - most) : "") +
           "Keep the older backups, and run baken admin check, which says what to do.\n";
}

std::string counted(const damages& found) {
    if (found.count() == 0) return {};
    return fmt::format("; {} {} damaged, named above", found.count(),
                       found.count() == 1 ? "row is" : "rows are");
}

}  // namespace admin
