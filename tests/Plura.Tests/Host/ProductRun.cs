using System.Diagnostics;
using Plura.Platform.Postgres;
using Plura.Web;

namespace Plura.Tests;

/// <summary>The built product as a process of its own, run to its end: what <c>bin/plura</c> and a service manager see.</summary>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Errors">Standard error.</param>
public sealed record ProductRun(int ExitCode, string Out, string Errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>On the data folder and the database of a host of ours.</summary>
    public static Task<ProductRun> On(PluraApp host, params string[] words) => With(host.Folder, host.Owner, host.App, words);

    /// <summary>
    /// The same command on a host of ours without a process of its own, which takes many times as long to start as most commands to run.
    /// What a process adds (standard streams, exit codes, settings from the environment) is seen by those that start one.
    /// </summary>
    public static async Task<ProductRun> Here(PluraApp host, params string[] words)
    {
        await using var output = new StringWriter();
        try
        {
            var code = await Commanding.Run(words, output, ["--environment=Production", $"--PLURA_DATA={host.Folder}", $"--ConnectionStrings:Plura={host.Owner}", $"--ConnectionStrings:PluraApp={host.App}", "--Logging:LogLevel:Default=None"], TestContext.Current.CancellationToken);
            return new ProductRun(code, output.ToString(), "");
        }
        catch (PlainException refusal)
        {
            return new ProductRun(1, output.ToString(), refusal.Message);
        }
    }

    /// <summary>With a database of its own making: no connection is set.</summary>
    public static Task<ProductRun> Alone(string folder, (string Name, string Value) setting, params string[] words) => Run(folder, [setting], words);

    public static Task<ProductRun> With(string folder, string owner, string app, params string[] words) =>
        Run(folder, [("ConnectionStrings__Plura", owner), ("ConnectionStrings__PluraApp", app)], words);

    private static async Task<ProductRun> Run(string folder, IEnumerable<(string Name, string Value)> settings, string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        foreach (var word in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "Plura.Web.dll"), .. words])
            start.ArgumentList.Add(word);
        foreach (var (name, value) in (IEnumerable<(string, string)>)
        [
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("ASPNETCORE_ENVIRONMENT", "Production"), ("PLURA_DATA", folder),
            ("DOTNET_gcServer", "0"), .. settings,
        ])
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // A start that was not refused serves for ever.
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        return new ProductRun(process.ExitCode, await output, await errors);
    }
}
