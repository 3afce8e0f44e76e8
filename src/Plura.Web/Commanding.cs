using System.Text.Json;
using Plura.Platform;
using Plura.Platform.Postgres;

namespace Plura.Web;

/// <summary><c>bin/plura</c>: finds the command by its words, runs it, prints one JSON line. Logs go to standard error.</summary>
public static class Commanding
{
    /// <param name="args">The command's words and its options.</param>
    /// <param name="output">Gets the one line.</param>
    /// <param name="settings">As the server's command line takes them, beside those of the environment.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <returns>The exit code. What the caller should put right is a <see cref="PlainException"/>.</returns>
    public static async Task<int> Run(string[] args, TextWriter output, string[] settings, CancellationToken stop)
    {
        var builder = Hosting.Builder(settings, asHost: false);
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton<ICommand, MigrateCommand>().AddSingleton<ICommand, RoutesCommand>();
        await using var app = builder.Build();
        var words = args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList();
        var name = string.Join(' ', words);
        var commands = app.Services.GetServices<ICommand>().OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
        var command = commands.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal))
            ?? throw new PlainException($"There is no command '{name}'. There are:\n" + string.Join('\n', commands.Select(c => $"  {c.Name,-16} {c.Help}")));

        await app.Services.Prepare(stop);
        // A command may do a worker's work (seed demo sends a campaign): it needs the node's lock, and nothing else of the server.
        var node = app.Services.GetRequiredService<Node>();
        await node.StartAsync(stop);
        await node.Ready.WaitAsync(stop);
        await using var scope = app.Services.CreateAsyncScope();
        var answer = await command.Run(Options(args.Skip(words.Count)), scope.ServiceProvider, stop);
        await output.WriteLineAsync(JsonSerializer.Serialize(answer, JsonSerializerOptions.Web));
        return answer is IVerdict { Ok: false } ? 1 : 0;
    }

    private static CommandOptions Options(IEnumerable<string> words)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        string? name = null;
        foreach (var word in words)
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
                values[name = word[2..]] = "true";
            else if (name is not null)
                (values[name], name) = (word, null);
            else
                throw new PlainException($"'{word}' was not expected here.");
        }

        return new CommandOptions(values);
    }
}
