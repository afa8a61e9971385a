// What every part of the store over an engine works with: the journal that writes, the readers, and the bell
// of arrivals. The parts themselves are store.cpp's.
#pragma once

#include <functional>
#include <memory>

#include "server/store/sql/engine.hpp"
#include "server/store/sql/journal.hpp"
#include "server/store/sql/readers.hpp"
#include "server/store/store.hpp"

namespace store::sql {

template <class T>
using asked = std::function<std::expected<T, errc>(connection&)>;

class store_base : public ::store::store {
  public:
    store_base(std::unique_ptr<engine> engine, limits limits)
        : engine_(std::move(engine)), journal_(*engine_, limits), readers_(*engine_) {
        engine_->follow([this](std::string_view word) { heard(word); });
    }

    void close() override {
        journal_.close();
        readers_.close();
    }
    bool full() const override { return journal_.full(); }
    double pressure() const override { return journal_.pressure(); }
    async::bell& arrivals() override { return bell_; }
    bool shared() const override { return engine_->shared(); }

  protected:
    template <class T>
    result<T> ask(asked<T> what) {
        return readers_.read(std::move(what));
    }
    result<void> carry_out(std::size_t bytes, asked<void> what) {
        asked<bool> apply = [what = std::move(what)](connection& db) -> std::expected<bool, errc> {
            if (auto ok = what(db); !ok) return std::unexpected(ok.error());
            return true;
        };
        auto done = co_await write<bool>(bytes, std::move(apply));
        if (!done) co_return std::unexpected(done.error());
        co_return std::expected<void, errc>();
    }
    template <class T>
    result<T> write(std::size_t bytes, std::function<std::expected<T, errc>(connection&)> apply) {
        work<T> one;
        one.bytes = bytes;
        one.apply = std::move(apply);
        co_return co_await journal_.write(std::move(one));
    }

    // A write that tells in whose lists a report comes again: their bells ring, at every server.
    template <class T>
    result<T> ringing(asked<T> apply) {
        work<T> one;
        one.bytes = 1024;
        one.apply = [this, apply = std::move(apply)](connection& db) {
            auto done = apply(db);
            if (done)
                for (const auto& desk : done->desks) engine_->arrived(desk);
            return done;
        };
        one.committed = [this](const T& done) {
            for (const auto& desk : done.desks) bell_.ring(desk);
        };
        co_return co_await journal_.write(std::move(one));
    }

    async::bell bell_;
    std::unique_ptr<engine> engine_;
    journal journal_;
    readers readers_;  // closed first: a file's writer, closing last, empties its log into the database

  private:
    void heard(std::string_view word) {
        constexpr std::string_view desk = "loket:";
        if (word.starts_with(desk))
            bell_.ring(word.substr(desk.size()));
        else if (word == "vertrouwen")
            bell_.ring(trust_bell);
        else
            bell_.ring_all();
    }
};

}  // namespace store::sql
