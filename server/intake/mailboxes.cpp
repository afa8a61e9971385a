#include "server/intake/mailboxes.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <new>
#include <optional>
#include <stdexcept>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "crypto/hash.hpp"
#include "crypto/receipt.hpp"
#include "server/intake/given.hpp"
#include "server/intake/queue.hpp"
#include "server/intake/stock.hpp"

namespace receipts {
namespace {

namespace asio = boost::asio;

protocol::mailbox_keys open(const crypto::seed& seed) {
    protocol::mailbox_keys out;
    {
        const auto mailbox = crypto::open_mailbox(crypto::receipt::from(seed));
        out = {.box_key = mailbox.box.public_key, .sign_key = mailbox.sign.public_key};
    }
    // This thread may sleep for long now, with what libsodium left on its stack.
    crypto::wipe_stack();
    return out;
}

// Those who serve connections go before this thread when the processors are short: Argon2id would take a
// whole one from them. Linux keeps the value for each thread. At 5 it still gets a quarter of a contended
// processor, so that who waits for a mailbox is served as well. Where it is refused, all goes as before.
void stand_back() { (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 5); }

options checked(options options) {
    if (options.threads == 0 || options.queue == 0)
        throw std::invalid_argument(
            "receipts::mailboxes: without a thread or a place in the queue nothing is ever derived.");
    return options;
}

}  // namespace

class mailboxes::parts {
  public:
    explicit parts(const options& options);
    ~parts() { close(); }
    parts(const parts&) = delete;
    parts& operator=(const parts&) = delete;

    [[nodiscard]] crypto::seed draw();
    // Answers `one` now or later, exactly once.
    void ask(crypto::seed seed, rank who, origin from, waiter one);
    [[nodiscard]] bool full(rank who) const;
    [[nodiscard]] crypto::uuid id_for(const crypto::seed& seed) const;
    [[nodiscard]] std::uint64_t derived() const { return derived_; }
    void close();

    // self: whoever waits outlives the mailboxes by the time its executor takes to come to it.
    [[nodiscard]] static async::task<answer> keys(std::shared_ptr<parts> self, crypto::seed seed, rank who,
                                                  origin from);

  private:
    using held = std::unique_lock<std::mutex>;  // of mutex_; given up while Argon2id runs
    void run();
    void derive(held& lock, queue::job job);
    void fill(held& lock);
    [[nodiscard]] bool wanted() const { return closing_ || !queue_.empty(); }

    const std::chrono::milliseconds pause_;
    const crypto::plain key_ = crypto::plain::random(32);  // of id_for
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    queue queue_;
    stock stock_;
    given given_;
    bool filling_ = false;  // one thread fills the stock; with more, the others stay free for who waits
    bool closing_ = false;
    std::atomic<std::uint64_t> derived_ = 0;
    std::vector<std::jthread> threads_;
};

mailboxes::parts::parts(const options& options)
    : pause_(options.pause), queue_(options.queue), stock_(options.stock), given_(options.given) {
    threads_.reserve(options.threads);
    try {
        for (unsigned i = 0; i < options.threads; ++i) threads_.emplace_back([this] { run(); });
    } catch (...) {
        close();  // or the threads that did start would never end
        throw;
    }
}

void mailboxes::parts::run() {
    stand_back();
    held lock(mutex_);
    while (!closing_) {
        if (auto job = queue_.next())
            derive(lock, std::move(*job));
        else if (filling_ || stock_.full())
            wake_.wait(lock, [this] { return wanted() || !(filling_ || stock_.full()); });
        else
            fill(lock);
    }
}

void mailboxes::parts::derive(held& lock, queue::job job) {
    lock.unlock();
    answer result = std::unexpected(errc::busy);
    try {
        result = open(job.seed);
        ++derived_;
    } catch (const std::bad_alloc&) {  // short of memory for a moment: what `busy` says
    }
    lock.lock();
    if (result) given_.keep(job.of, *result);
    for (auto& one : queue_.done(job.of)) one(result);
}

void mailboxes::parts::fill(held& lock) {
    filling_ = true;
    if (!wake_.wait_for(lock, pause_, [this] { return wanted(); })) {
        lock.unlock();
        std::optional<crypto::seed> seed;
        std::optional<protocol::mailbox_keys> keys;
        try {
            seed = crypto::seed::random();
            keys = open(*seed);
            ++derived_;
        } catch (const std::bad_alloc&) {  // there is no hurry
        }
        lock.lock();
        if (keys) stock_.put(*seed, *keys);
    }
    filling_ = false;
}

crypto::seed mailboxes::parts::draw() {
    crypto::seed seed;
    {
        std::lock_guard lock(mutex_);
        if (const auto keys = stock_.take(seed)) {
            given_.keep(mark_of(seed), *keys);
            wake_.notify_one();  // there is room in the stock
            return seed;
        }
    }
    return crypto::seed::random();
}

// BLAKE2b over key and seed: without the key nobody tells it from a random one, and with the id and the key
// nobody finds the seed.
crypto::uuid mailboxes::parts::id_for(const crypto::seed& seed) const {
    auto both = crypto::plain(key_.size() + crypto::seed::size);
    std::ranges::copy(key_.view(), both.span().begin());
    std::ranges::copy(seed.view(), both.span().begin() + static_cast<std::ptrdiff_t>(key_.size()));
    crypto::uuid out{crypto::blake2b_128(both.view())};
    out.bytes[6] = static_cast<std::uint8_t>((out.bytes[6] & 0x0f) | 0x40);  // version 4
    out.bytes[8] = static_cast<std::uint8_t>((out.bytes[8] & 0x3f) | 0x80);  // variant 10
    return out;
}

void mailboxes::parts::ask(crypto::seed seed, rank who, origin from, waiter one) {
    const auto of = mark_of(seed);
    answer now = std::unexpected(errc::busy);
    {
        std::lock_guard lock(mutex_);
        if (closing_) {
            now = std::unexpected(errc::closed);
        } else if (const auto known = given_.find(of)) {
            now = *known;
        } else {
            auto gone = queue_.add(of, std::move(seed), std::move(one), who, from);
            wake_.notify_one();
            for (auto& other : gone) other(now);
            return;
        }
    }
    one(now);
}

bool mailboxes::parts::full(rank who) const {
    std::lock_guard lock(mutex_);
    return queue_.full(who);
}

void mailboxes::parts::close() {
    std::vector<std::jthread> threads;
    {
        std::lock_guard lock(mutex_);
        closing_ = true;
        for (auto& one : queue_.clear()) one(std::unexpected(errc::closed));
        threads.swap(threads_);
    }
    wake_.notify_all();
    for (auto& thread : threads) thread.join();
}

async::task<answer> mailboxes::parts::keys(std::shared_ptr<parts> self, crypto::seed seed, rank who,
                                           origin from) {
    auto initiate = [self, who, from](auto handler, crypto::seed of) {
        auto busy = asio::make_work_guard(asio::get_associated_executor(handler));
        // Handler and guard go along with the answer: the thread that derives must not be the one to drop
        // them.
        auto resume = [handler = std::move(handler), busy = std::move(busy)](const answer& result) mutable {
            const auto executor = busy.get_executor();
            asio::post(executor, [handler = std::move(handler), busy = std::move(busy), result]() mutable {
                std::move(handler)(result);
            });
        };
        self->ask(std::move(of), who, from, std::move(resume));
    };
    auto result = co_await asio::async_initiate<const asio::use_awaitable_t<>, void(answer)>(
        initiate, asio::use_awaitable, std::move(seed));
    // Others answer under this lock. Whoever did has left our executor once it is free, so that the context
    // may end with this coroutine.
    std::lock_guard left(self->mutex_);
    co_return result;
}

mailboxes::mailboxes(options options) : parts_(std::make_shared<parts>(checked(options))) {}

mailboxes::~mailboxes() { close(); }

crypto::seed mailboxes::draw() { return parts_->draw(); }

async::task<std::expected<protocol::mailbox_keys, errc>> mailboxes::keys(crypto::seed seed, rank who,
                                                                         bool ours) {
    return parts::keys(parts_, std::move(seed), who, ours ? origin::given_out : origin::invented);
}

crypto::uuid mailboxes::id_for(const crypto::seed& seed) const { return parts_->id_for(seed); }
bool mailboxes::full(rank who) const { return parts_->full(who); }
std::uint64_t mailboxes::derived() const { return parts_->derived(); }
void mailboxes::close() { parts_->close(); }

}  // namespace receipts
