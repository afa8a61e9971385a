// A backup as a file: the records of a store in an archive, written in one pass and read in one pass.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "client/line/refusal.hpp"
#include "crypto/archive.hpp"
#include "server/admin/new_file.hpp"
#include "server/store/sql/dump_reader.hpp"

namespace admin {

// What the head of its archive says a part is.
[[nodiscard]] std::string_view archive_kind(store::part part);

class backup_file {
  public:
    [[nodiscard]] static client::result<backup_file> make(const std::string& path, store::part part,
                                                          const crypto::uuid& id,
                                                          std::span<const crypto::box_public> keys);
    // Takes records; false once the disk refuses, and finish() says why.
    [[nodiscard]] bool take(crypto::byte_view records);
    // Sealed to its end and on the disk, still beside its place.
    [[nodiscard]] client::result<void> finish();
    [[nodiscard]] client::result<void> place() { return file_.place(); }
    [[nodiscard]] std::int64_t size() const { return file_.size(); }

  private:
    backup_file(new_file file, crypto::archive_sealer sealer, crypto::bytes head);

    new_file file_;
    crypto::archive_sealer sealer_;
    crypto::bytes out_;  // sealed, not yet written
    std::optional<client::refusal> failed_;
};

struct read_backup_file {
    crypto::uuid id;
    store::sql::begin_fields begin;
    store::tallies tallies;
};
// From beginning to end; rows come as they are read, before the whole is known to be good. The sentence of a
// refusal names the file.
[[nodiscard]] client::result<read_backup_file> read_backup(const std::string& path, store::part part,
                                                           const crypto::box_keys& keys,
                                                           store::sql::dump_reader::row_taker take);
// Whether it begins as a backup does.
[[nodiscard]] bool is_backup(const std::string& path);

}  // namespace admin
