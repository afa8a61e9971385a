// Puts the parts together in the order in which they can fail: certificate, addresses, threads.
#include "server/net/server.hpp"

#include <algorithm>
#include <csignal>
#include <optional>
#include <thread>
#include <utility>

#include "base/watch/log.hpp"
#include "server/net/worker.hpp"

namespace net {
namespace {

bool wants_tls(const options& options) {
    return std::ranges::any_of(options.listen, [](const endpoint& where) { return where.tls; });
}

// One context for each thread.
std::expected<std::vector<tls_context>, failure> load(const options& options) {
    std::vector<tls_context> contexts;
    while (contexts.size() < thread_count(options.threads)) {
        auto fresh = tls_context::load(options.tls);
        if (!fresh) return std::unexpected(std::move(fresh.error()));
        contexts.push_back(std::move(*fresh));
    }
    return contexts;
}

}  // namespace

unsigned thread_count(unsigned wanted) {
    return wanted != 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
}

server::server(options options) : options_(std::move(options)), terms_(options_.names, options_.limits) {}

std::expected<std::unique_ptr<server>, failure> server::open(options options) {
    if (options.listen.empty()) return std::unexpected(failure{errc::no_endpoint, {}});
    std::signal(SIGPIPE, SIG_IGN);
    const auto count = thread_count(options.threads);
    std::unique_ptr<server> made(new server(std::move(options)));
    std::vector<tls_context> contexts;
    if (wants_tls(made->options_)) {
        auto loaded = load(made->options_);
        if (!loaded) return std::unexpected(std::move(loaded.error()));
        contexts = std::move(*loaded);
    }
    for (std::size_t index = 0; index < count; ++index) {
        std::optional<tls_context> own;
        if (!contexts.empty()) own = std::move(contexts[index]);
        made->workers_.push_back(std::make_unique<worker>(index, made->terms_, std::move(own)));
    }
    auto listening = made->listen();
    if (!listening) return std::unexpected(std::move(listening.error()));
    return made;
}

std::expected<void, failure> server::listen() {
    for (const auto& wanted : options_.listen) {
        if (auto free = probe(wanted); !free) return free;
        auto where = wanted;
        for (auto& worker : workers_) {
            auto socket = listen_on(where);
            if (!socket) return std::unexpected(std::move(socket.error()));
            if (where.port == 0) where.port = port_of(*socket);  // the others share what the first was given
            worker->listen(std::move(*socket), where.tls);
        }
        ports_.push_back(where.port);
    }
    return {};
}

server::~server() {
    for (auto& worker : workers_) worker->stop();
    join();
}

std::vector<boost::asio::io_context*> server::contexts() {
    std::vector<boost::asio::io_context*> all;
    for (auto& worker : workers_) all.push_back(&worker->context());
    return all;
}

std::uint16_t server::port(std::size_t index) const { return ports_.at(index); }

void server::at_drain(std::function<void(std::size_t context)> hook) { terms_.at_drain = std::move(hook); }

void server::start(service& service) {
    terms_.served = &service;
    terms_.relieve = [this](std::size_t index) {
        for (std::size_t other = 0; other < workers_.size(); ++other)
            if (other != index) workers_[other]->relieve();
    };
    for (auto& worker : workers_) worker->start();
}

void server::drain() {
    if (terms_.draining.exchange(true, std::memory_order_acq_rel)) return;
    for (auto& worker : workers_) worker->drain();
}

void server::join() {
    for (auto& worker : workers_) worker->join();
}

std::expected<void, failure> server::reload_certificate() {
    if (!wants_tls(options_)) return {};
    auto contexts = load(options_);
    if (!contexts) {
        watch::fault("the new certificate is no good, the old one stays",
                     {{"why", watch::word(contexts.error().code)},
                      {"file", watch::configured{contexts.error().about}}});
        return std::unexpected(std::move(contexts.error()));
    }
    for (std::size_t index = 0; index < workers_.size(); ++index)
        workers_[index]->trust(std::move((*contexts)[index]));
    watch::note("the certificate was read again");
    return {};
}

}  // namespace net
