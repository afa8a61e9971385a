// The mailboxes behind receipts that the server itself has to derive (the path without JavaScript). Argon2id
// costs 12 ms and 16 MiB, so it runs on threads of its own behind a bounded queue; in idle time a stock is
// derived ahead, so that a burst of reporters does not wait.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>

#include "base/async/task.hpp"
#include "crypto/encoding.hpp"
#include "crypto/keys.hpp"
#include "crypto/protocol/report.hpp"

namespace receipts {

enum class errc {
    busy,    // the queue is full: nothing was lost, try again
    closed,  // the server is stopping
};

// Who asks. Each has a queue of its own, because senders choose which they are.
enum class rank : std::uint8_t { ordinary, urgent };

struct options {
    unsigned threads = 1;     // at least one
    std::size_t queue = 256;  // derivations that wait, for each rank; at least one
    std::size_t stock = 256;  // seeds derived ahead, in locked memory (32 bytes each)
    std::size_t given =
        16384;  // mailboxes of seeds that were handed out and not used yet; the oldest goes first
    std::chrono::milliseconds pause{20};  // between two derivations for the stock: idle time, not load
};

class mailboxes {
  public:
    // Throws std::invalid_argument without a thread or a place for everybody, std::system_error where no
    // thread can be started.
    explicit mailboxes(options options = {});
    // Stops; whoever waits gets `closed`.
    ~mailboxes();
    mailboxes(const mailboxes&) = delete;
    mailboxes& operator=(const mailboxes&) = delete;

    // A fresh seed: one whose mailbox is derived already where the stock has any, a random one else. Never
    // waits. Of a seed handed out nothing is kept but a hash of it beside the two public keys.
    [[nodiscard]] crypto::seed draw();
    // The id of the report that this seed is given out for: looks random, and says to gave_out(), and to
    // nobody else, that both come from here. Holds until the server ends; nothing is kept for it.
    [[nodiscard]] crypto::uuid id_for(const crypto::seed& seed) const;
    [[nodiscard]] bool gave_out(const crypto::uuid& id, const crypto::seed& seed) const {
        return id_for(seed) == id;
    }

    // The public keys of the mailbox behind crypto::receipt::from(seed). Completes on the executor it was
    // awaited on. Who asks for a seed that is being derived already (a double click) waits for that
    // derivation. ours: gave_out() says so; those go before seeds that somebody made up. Where too many wait,
    // or memory is short for Argon2id: busy.
    [[nodiscard]] async::task<std::expected<protocol::mailbox_keys, errc>> keys(crypto::seed seed,
                                                                                rank who = rank::ordinary,
                                                                                bool ours = false);

    // Whether as many wait as may, so that one more sends somebody away.
    [[nodiscard]] bool full(rank who = rank::ordinary) const;
    // Derivations so far, for the stock too: a figure for the watch room.
    [[nodiscard]] std::uint64_t derived() const;
    // Whoever waits gets `closed`, and so does who asks later; the threads are gone when it returns. May be
    // called twice. The executors of those who wait must still live then.
    void close();

  private:
    class parts;
    std::shared_ptr<parts> parts_;
};

}  // namespace receipts
