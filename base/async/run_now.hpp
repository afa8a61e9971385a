// Runs one task to its end on this thread: for starting up, administration and tests, never inside a
// server's thread.
#pragma once

#include <future>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "base/async/task.hpp"

namespace async {

template <class T>
T run_now(task<T> work) {
    boost::asio::io_context context(1);
    auto done = boost::asio::co_spawn(context, std::move(work), boost::asio::use_future);
    context.run();
    return done.get();
}

}  // namespace async
