using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Plura.Platform.Postgres;

namespace Plura.Bench;

/// <summary>Postfix's smtp-sink as a process of its own: takes everything at once, so that what is measured is the sender.</summary>
public sealed class SmtpSink : IDisposable
{
    private readonly Process process;

    public SmtpSink()
    {
        var program = new[] { "/usr/sbin/smtp-sink", "/usr/lib/postfix/sbin/smtp-sink" }.FirstOrDefault(File.Exists)
            ?? throw new PlainException("smtp-sink was not found. Install it (on Debian: apt-get install postfix).");
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        string[] user = Environment.UserName == "root" ? ["-u", "nobody"] : [];
        process = Process.Start(new ProcessStartInfo(program, [.. user, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}"), "200"]) { WorkingDirectory = Path.GetTempPath() })!;
        for (var i = 0; i < 200 && !Answers(); i++)
            process.WaitForExit(25);
    }

    public int Port { get; }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
