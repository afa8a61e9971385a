// Reports on their way: the sealed bytes and the receipt of each, on this machine's disk from before the
// first try until the answer was shown, so that a crash, a lost answer or a server that is down makes neither
// two reports nor a receipt that nobody has. What is in a report cannot be read from it; the receipt can, so
// files are 0600.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/here/files.hpp"
#include "client/line/refusal.hpp"
#include "client/report/submitted.hpp"
#include "crypto/encoding.hpp"
#include "crypto/receipt.hpp"

namespace desk {

struct outgoing {
    crypto::uuid id;
    std::string server;                      // the origin it is for
    std::string draft;                       // mark_of its draft
    std::vector<std::string> exclude;        // as it was sealed
    std::optional<crypto::receipt> receipt;  // nothing: no mailbox
    bool spoed = false;
    std::vector<named_reader> readers;
    std::string body;  // what is posted, to the byte

    // The same report and receipt, to be sealed to other keys.
    [[nodiscard]] outgoing unsealed() const;
};

class outbox {
  public:
    // Makes the directory for the caller alone where it is missing, and holds its lock: another run waits.
    // Half files of a run that was killed are removed. Refused where others may write into it.
    [[nodiscard]] static client::result<outbox> open(const std::string& directory);

    // What waits, by its id. Refused where one of the files cannot be read: nobody knows then what waits.
    [[nodiscard]] client::result<std::vector<outgoing>> waiting() const;
    // Whole and on the disk when this returns; replaces what was kept under the same id.
    [[nodiscard]] client::result<void> keep(const outgoing& report) const;
    [[nodiscard]] client::result<void> forget(const crypto::uuid& id) const;
    [[nodiscard]] std::string file_of(const crypto::uuid& id) const;
    [[nodiscard]] const std::string& directory() const { return directory_; }

  private:
    outbox(std::string directory, client::file_lock lock)
        : directory_(std::move(directory)), lock_(std::move(lock)) {}

    std::string directory_;
    client::file_lock lock_;
};

// By which a draft is known again. Salted with the report's id: the same text twice does not show.
[[nodiscard]] std::string mark_of(std::string_view draft, const crypto::uuid& id);

// A file's text and back; nothing where it is none.
[[nodiscard]] crypto::plain write_outgoing(const outgoing& report);
[[nodiscard]] std::optional<outgoing> read_outgoing(std::string_view text);

}  // namespace desk
