using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Plura.Tests;

/// <summary>Keeps warnings and errors, so that a failing test can show what the application said.</summary>
public sealed class TestLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = new();

    public IEnumerable<string> Errors => lines.Where(l => l.Level >= LogLevel.Error).Select(l => l.Text);

    public IEnumerable<string> Lines => lines.Select(l => l.Text);

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Category(TestLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            log.lines.Enqueue((logLevel, $"{logLevel} {name}: {formatter(state, exception)}\n{exception}"));
            while (log.lines.Count > 500)
                log.lines.TryDequeue(out _);
        }
    }
}
