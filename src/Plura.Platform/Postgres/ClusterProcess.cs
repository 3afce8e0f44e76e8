using System.Diagnostics;

namespace Plura.Platform.Postgres;

/// <summary>
/// Runs PostgreSQL's programs. PostgreSQL refuses to run as root, so as root it is run as the unprivileged user <c>postgres</c>
/// (or <c>nobody</c>), and that user is given the cluster's folder and a way to reach it.
/// </summary>
internal sealed class ClusterProcess(string binaries, DataFolder folder)
{
    private readonly string? user = Environment.UserName == "root" && OperatingSystem.IsLinux() ? UnprivilegedUser() : null;
    private readonly ManualResetEventSlim stopped = new();
    private Process? server;

    public bool Exited => server is { HasExited: true };

    public void Initialise(string password)
    {
        MakeReachable();
        var secret = Path.Combine(folder.Root, "initdb.password");
        folder.WriteSecret(secret, password);
        try
        {
            if (user is not null)
                Run("chown", [user, secret]);
            Run(Path.Combine(binaries, "initdb"), ["-D", folder.Cluster, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8", "--no-locale", "--no-instructions"], asUser: true);
        }
        finally
        {
            File.Delete(secret);
        }
    }

    public void Start(int port, bool dieWithUs)
    {
        MakeReachable();
        string[] settings =
        [
            "-D", folder.Cluster, "-p", port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "logging_collector=on",
            "-c", "max_connections=500", "-c", "shared_buffers=256MB", "-c", "max_wal_size=2GB", "-c", "jit=off",
            "-c", "log_min_messages=warning", "-c", "log_statement=none", "-c", "log_min_error_statement=panic",
        ];
        var info = Command(Path.Combine(binaries, "postgres"), settings, asUser: true, dieWithUs);
        info.RedirectStandardOutput = info.RedirectStandardError = false;
        using var started = new ManualResetEventSlim();
        Exception? failure = null;
        // The parent-death signal is tied to the thread that forks, not to the process: this thread must live as long as we do.
        var keeper = new Thread(() =>
        {
            try
            {
                server = Process.Start(info);
            }
            catch (Exception error)
            {
                failure = error;
            }

            started.Set();
            stopped.Wait();
        })
        { IsBackground = true, Name = "postgres keeper" };
        keeper.Start();
        started.Wait();
        if (failure is not null)
            throw new PlainException($"The private PostgreSQL could not be started: {failure.Message}");
    }

    public void Stop()
    {
        Run(Path.Combine(binaries, "pg_ctl"), ["stop", "-D", folder.Cluster, "-m", "fast", "-w", "-t", "60"], asUser: true);
        stopped.Set();
    }

    public void Pause(TimeSpan time) => stopped.Wait(time);

    public static void Wait(TimeSpan time)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(time);
    }

    private void MakeReachable()
    {
        Directory.CreateDirectory(folder.Cluster);
        if (user is null)
            return;
        Run("chown", ["-R", user, folder.Cluster]);
        Run("chmod", ["0700", folder.Cluster]);
        for (var parent = Directory.GetParent(folder.Cluster); parent is not null; parent = parent.Parent)
        {
            var mode = File.GetUnixFileMode(parent.FullName);
            if (!mode.HasFlag(UnixFileMode.OtherExecute))
                File.SetUnixFileMode(parent.FullName, mode | UnixFileMode.OtherExecute);
        }
    }

    private void Run(string program, string[] arguments, bool asUser = false)
    {
        using var process = Process.Start(Command(program, arguments, asUser, dieWithUs: false))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new PlainException($"{Path.GetFileName(program)} failed: {errors.Trim()} {output.Result.Trim()}");
    }

    private ProcessStartInfo Command(string program, string[] arguments, bool asUser, bool dieWithUs)
    {
        var info = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        var wrap = (asUser && user is not null) || dieWithUs;
        if (wrap && OperatingSystem.IsLinux())
        {
            info.FileName = "setpriv";
            if (asUser && user is not null)
            {
                foreach (var option in (string[])[$"--reuid={user}", $"--regid={user}", "--clear-groups"])
                    info.ArgumentList.Add(option.Replace("--regid=nobody", "--regid=nogroup", StringComparison.Ordinal));
            }

            if (dieWithUs)
                info.ArgumentList.Add("--pdeathsig=INT");
            info.ArgumentList.Add("--");
            info.ArgumentList.Add(program);
        }
        else
        {
            info.FileName = program;
        }

        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        return info;
    }

    private static string UnprivilegedUser() =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
}
