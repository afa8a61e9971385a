#include "tests/bench/stores.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace bench {

namespace asio = boost::asio;

::store::result<::store::added_report> forgetful_store::add_report(::store::new_report report) {
    co_return ::store::added_report{report.day, true};
}

::store::result<::store::added_report> single_store::add_report(::store::new_report report) {
    co_await turn();
    auto added = co_await behind_.add_report(std::move(report));
    pass_on();
    co_return added;
}

async::task<void> single_store::turn() {
    auto initiate = [this](auto handler) {
        auto executor = asio::get_associated_executor(handler);
        auto kept = std::make_shared<decltype(handler)>(std::move(handler));
        std::function<void()> resume = [executor, kept] {
            asio::post(executor, [kept] { std::move (*kept)(); });
        };
        {
            std::lock_guard lock(mutex_);
            if (taken_) {
                waiting_.push_back(std::move(resume));
                return;
            }
            taken_ = true;
        }
        resume();
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(initiate, asio::use_awaitable);
}

void single_store::pass_on() {
    std::function<void()> next;
    {
        std::lock_guard lock(mutex_);
        if (waiting_.empty()) {
            taken_ = false;
            return;
        }
        next = std::move(waiting_.front());
        waiting_.pop_front();
    }
    next();
}

}  // namespace bench
