#include "server/admin/directory/directory_check.hpp"

#include <fmt/format.h>

#include "client/here/escaped.hpp"
#include "server/admin/directory/root_key.hpp"

namespace admin {

std::string lines(const std::vector<std::string>& sentences) {
    std::string out;
    for (const auto& one : sentences) out += (out.empty() ? "" : "\n") + one;
    return out;
}

void tell(const next_directory& next, const draft& draft, std::ostream& out) {
    const auto& gids = next.gids;
    out << fmt::format("version {}, dated {} by this machine's clock, in force to {}\n", gids.versie,
                       gids.datum.text(), gids.tot.text());
    if (draft.vorige.empty()) out << "THE FIRST directory of an installation: there is none before it\n";
    for (const auto& one : next.changes) {
        out << client::escaped_line(one.what) << "\n";
        for (const auto& detail : one.details) out << "    " << client::escaped_line(detail) << "\n";
    }
    if (next.changes.empty()) out << "nothing but its term changes\n";
    for (const auto& one : next.doubts) out << "NOTE: " << client::escaped_line(one) << "\n";
    out.flush();
}

client::result<void> directory_check(const directory_check_options& options, const protocol::clock& clock,
                                     std::ostream& out) {
    auto draft = read_draft(options.draft);
    if (!draft) return std::unexpected(draft.error());
    auto roots = read_roots(options.roots);
    if (!roots) return std::unexpected(roots.error());
    auto next = judge_unsigned(*draft, *roots, clock.today());
    if (!next) return client::refuse(lines(next.error()));
    tell(*next, *draft, out);
    out << fmt::format(
        "{} has no fault. Sign it on the machine with the root key: baken admin directory-sign {} …\n",
        options.draft, options.draft);
    return {};
}

}  // namespace admin
