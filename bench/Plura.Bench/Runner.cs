using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Platform;
using Plura.Platform.Postgres;
using Plura.Web;

namespace Plura.Bench;

/// <summary>Starts the application on a scratch cluster, runs the areas, prints a line per goal, writes JSON, and closes with the count.</summary>
public static class Runner
{
    public static BenchOptions Parse(string[] args)
    {
        string? Value(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        var rounds = Value("--rounds") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 5;
        return new BenchOptions(Value("--area"), rounds, args.Contains("--short"), Value("--size") is { } size ? int.Parse(size, CultureInfo.InvariantCulture) : null);
    }

    public static async Task<int> Run(BenchOptions options)
    {
        var areas = typeof(IArea).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IArea).IsAssignableFrom(t))
            .Select(t => (IArea)Activator.CreateInstance(t)!)
            .Where(a => options.Area is null || a.Name == options.Area)
            .OrderBy(a => a.Name, StringComparer.Ordinal)
            .ToList();
        if (areas.Count == 0)
            throw new PlainException($"There is no area '{options.Area}'.");

        var folder = Directory.CreateTempSubdirectory("plura-bench-").FullName;
        var lines = new List<(string Area, Line Line, Verdict Verdict)>();
        try
        {
            var key = Path.Combine(folder, "dkim.pem");
            using (var rsa = RSA.Create(2048))
                await File.WriteAllTextAsync(key, rsa.ExportPkcs8PrivateKeyPem());
            await using var web = Start(folder, key);
            await web.StartAsync();
            var context = new BenchContext(web.Services, web.Services.GetRequiredService<DatabaseAddress>(), key, options);
            foreach (var area in areas)
            {
                foreach (var line in await area.Run(context, CancellationToken.None))
                {
                    var verdict = line.Verdict(options.Short ? 0.8 : 1);
                    lines.Add((area.Name, line, verdict));
                    Console.WriteLine(Text(area, line, verdict));
                }
            }

            await web.StopAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await Write(lines);
        var skipped = lines.Count(l => l.Verdict == Verdict.Inconclusive);
        var failed = lines.Count(l => l.Verdict == Verdict.Failed);
        Console.WriteLine($"{lines.Count - failed - skipped} passed, {failed} failed" + (skipped > 0 ? $", {skipped} skipped" : ""));
        return failed == 0 && lines.Count > skipped ? 0 : 1;
    }

    /// <summary>The application without workers of its own: an area starts what it measures. Letters of the bakery's domain are signed.</summary>
    private static WebApplication Start(string folder, string dkimKey) => Serving.Build(
        ["--environment=Development", "--urls=http://127.0.0.1:0", $"--PLURA_DATA={folder}/data", "--Plura:Roles=web", $"--Email:Dkim:Domain={BenchContext.Domain}", $"--Email:Dkim:KeyFile={dkimKey}"],
        builder => builder.Logging.ClearProviders().AddConsole(c => c.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error));

    private static string Text(IArea area, Line line, Verdict verdict)
    {
        var word = verdict switch { Verdict.Passed => "ok", Verdict.Failed => "FAILED", _ => "INCONCLUSIVE" };
        var range = $"{line.Ratios.Min():0.###}-{line.Ratios.Max():0.###}";
        return string.Create(CultureInfo.InvariantCulture, $"{area.Name,-10} {line.Goal,-4} {line.Median,7:0.###} ({range}) goal {(line.AtMost ? "<=" : ">=")} {line.Floor:0.##}  {word,-12} {line.What}{(line.Note.Length > 0 ? $" [{line.Note}]" : "")}");
    }

    private static async Task Write(IEnumerable<(string Area, Line Line, Verdict Verdict)> lines)
    {
        var folder = Directory.CreateDirectory(Path.Combine("artifacts", "bench"));
        var file = Path.Combine(folder.FullName, $"{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(lines.Select(l => new { l.Area, l.Line.Goal, l.Line.What, l.Line.Median, l.Line.Spread, l.Line.Ratios, l.Line.Floor, l.Line.AtMost, l.Line.Note, Verdict = l.Verdict.ToString() }), JsonSerializerOptions.Web));
    }
}
