// What a connection asks of the program it serves. Implemented by bakend's app, and later by the desk's
// console.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string_view>

#include "base/async/task.hpp"
#include "server/http/message.hpp"

namespace net {

class service {
  public:
    service() = default;
    service(const service&) = delete;
    service& operator=(const service&) = delete;
    virtual ~service() = default;

    // What stands for the sender of a request that writes (POST, PATCH), before admit sees it: drawn from the
    // front part of the address (sender_front.hpp), which is wiped afterwards. Must not block.
    [[nodiscard]] virtual std::uint16_t sender(std::span<const std::uint8_t> front) {
        static_cast<void>(front);
        return 0;
    }

    // After the header and before the body: the largest body this request may bring, or the answer that
    // refuses it (404, 405, 413, 415, 503). After a refusal with an unread body the connection closes.
    // Must not block.
    [[nodiscard]] virtual std::expected<std::size_t, http::response> admit(const http::head& head) = 0;

    // Whether this request brings a report: of the memory for slow peers a third is kept for those.
    [[nodiscard]] virtual bool brings_report(const http::head& head) const {
        static_cast<void>(head);
        return false;
    }
    // Connections have run out and none is idle: lets one answer that only waits for something return at
    // once. False where none does. From any thread.
    [[nodiscard]] virtual bool give_way() { return false; }

    // The answer; runs on the connection's own io_context. An exception is a bug: the connection logs it
    // without content, answers 500 and closes.
    [[nodiscard]] virtual async::task<http::response> answer(http::request request) = 0;

    // How long ready work waited just now on the thread of this context (see server::contexts); told some
    // fifty times a second while there are requests, on that thread.
    virtual void felt(std::size_t context, std::chrono::microseconds delay) = 0;

    // The answer to what the framing guard or the connection itself refuses (400, 408, 411, 413, 414, 417,
    // 421, 431, 500, 501, 503, 505): status and one fixed sentence, never anything the client sent. path:
    // that of the request; empty where its header was refused.
    [[nodiscard]] virtual http::response refuse(unsigned status, std::string_view why,
                                                std::string_view path) = 0;
};

}  // namespace net
