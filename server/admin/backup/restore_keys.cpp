#include "server/admin/backup/restore_keys.hpp"

#include <fmt/format.h>

#include "client/here/key_files.hpp"

namespace admin {
namespace {

constexpr std::string_view of_reports = "reservekopie", of_wraps = "reservekopie-wraps";

// One of the pair in the other's place.
std::string swapped(const std::string& path, bool for_wraps, const restore_key_files& files) {
    if (!files.wraps_key.empty() && files.key != files.wraps_key)
        return fmt::format("--key and --wraps-key are swapped: {} opens {}.", path,
                           for_wraps ? "reports" : "wraps");
    return fmt::format(
        "{} opens {}: name the key of the reports with --key, that of the wraps with --wraps-key.", path,
        for_wraps ? "reports and no wraps" : "wraps and no reports");
}

client::result<crypto::box_keys> open(const std::string& path, bool for_wraps,
                                      const restore_key_files& files) {
    auto file = client::open_key_file(path, files.passphrase_file);
    if (!file) return std::unexpected(file.error());
    if (file->soort == (for_wraps ? of_reports : of_wraps))
        return client::refuse(swapped(path, for_wraps, files));
    if (file->soort != (for_wraps ? of_wraps : of_reports))
        return client::refuse(
            fmt::format("{} is a key file of another kind ({}), not one of `baken admin backup-keygen{}`.",
                        path, file->soort, for_wraps ? " --for wraps" : ""));
    return std::move(*file->box_keys);
}

}  // namespace

client::result<restore_keys> open_restore_keys(const restore_key_files& files) {
    auto reports = open(files.key, false, files);
    if (!reports) return std::unexpected(reports.error());
    restore_keys out{std::move(*reports), std::nullopt};
    if (files.wraps_key.empty()) return out;
    auto wraps = open(files.wraps_key, true, files);
    if (!wraps) return std::unexpected(wraps.error());
    out.wraps.emplace(std::move(*wraps));
    return out;
}

}  // namespace admin
