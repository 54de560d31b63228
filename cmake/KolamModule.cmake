# Helpers that keep each folder's CMakeLists.txt to what it says: its files, and whom it needs.

# Warnings and hardening, linked PRIVATE by everything of ours.
add_library(kolam_warnings INTERFACE)
add_library(Kolam::Warnings ALIAS kolam_warnings)
target_compile_options(kolam_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
    -Wimplicit-fallthrough -Wno-missing-field-initializers
    -fstack-protector-strong)
if(NOT CMAKE_UNITY_BUILD) # where GCC sees so much at once that it suspects the standard library
    target_compile_options(kolam_warnings INTERFACE -Wnull-dereference)
endif()

# fmt and spdlog as they are linked; KOLAM_LEAN takes their headers' code, so that the linker keeps what is used.
set(KOLAM_FMT fmt::fmt)
set(KOLAM_SPDLOG spdlog::spdlog)
if(KOLAM_LEAN)
    set(KOLAM_FMT fmt::fmt-header-only)
    set(KOLAM_SPDLOG spdlog::spdlog_header_only)
endif()

# kolam_compact(TARGET): its code runs once, at the start, or for people; small pages count for more than its speed.
function(kolam_compact target)
    if(KOLAM_LEAN)
        target_compile_options(${target} PRIVATE -Os)
    endif()
endfunction()

# kolam_program(NAME SOURCES ... NEEDS ...): one program without windows.
function(kolam_program name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;NEEDS")
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ${arg_NEEDS} Kolam::Warnings)
    if(KOLAM_LEAN)
        # The shared C++ library has 1.5 MiB resident in every process, most of it for names that nobody asks for.
        target_link_options(${name} PRIVATE -static-libstdc++ -static-libgcc)
    endif()
endfunction()

# kolam_module(NAME SOURCES ... NEEDS ... [PRIVATE ...]): one library a module; NEEDS draws its arrows.
function(kolam_module name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;NEEDS;PRIVATE")
    string(TOLOWER ${name} lower)
    add_library(kolam_${lower} STATIC ${arg_SOURCES})
    add_library(Kolam::${name} ALIAS kolam_${lower})
    target_include_directories(kolam_${lower} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(kolam_${lower} PUBLIC ${arg_NEEDS} PRIVATE Kolam::Warnings ${arg_PRIVATE})
endfunction()

# kolam_test(NAME SOURCES ... NEEDS ... [LABELS ...] [TIMEOUT s]): one QtTest program that ctest runs.
function(kolam_test name)
    if(NOT KOLAM_TESTS)
        return()
    endif()
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "SOURCES;NEEDS;LABELS")
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON UNITY_BUILD OFF)
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
    target_compile_definitions(${name} PRIVATE KOLAM_CAPTURES="${PROJECT_SOURCE_DIR}/tests/captures"
                                               KOLAM_SOURCE="${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} PRIVATE ${arg_NEEDS} Qt6::Test Kolam::Warnings)
    add_test(NAME ${name} COMMAND ${name})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;QT_STYLE_OVERRIDE=fusion;UBSAN_OPTIONS=halt_on_error=1 print_stacktrace=1;TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/tsan.supp")
endfunction()

# kolam_bench(NAME SOURCES ... NEEDS ...): one Google Benchmark program; `./dev bench` runs them all.
function(kolam_bench name)
    if(NOT KOLAM_BENCH)
        return()
    endif()
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;NEEDS")
    add_executable(${name} ${arg_SOURCES})
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PRIVATE ${arg_NEEDS} benchmark::benchmark_main benchmark::benchmark Kolam::Warnings)
endfunction()

# kolam_fuzz(NAME SOURCES ... NEEDS ...): one libFuzzer program, with Clang only.
function(kolam_fuzz name)
    if(NOT KOLAM_FUZZ)
        return()
    endif()
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;NEEDS")
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PRIVATE ${arg_NEEDS} Kolam::Warnings)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    if(NOT TARGET fuzzers)
        add_custom_target(fuzzers)
    endif()
    add_dependencies(fuzzers ${name})
endfunction()
