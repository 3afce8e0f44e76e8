using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Plura.Platform.Postgres;

namespace Plura.Bench;

/// <summary>nodemailer's pool as a process of its own; it takes its own time, from the first letter to the last.</summary>
public static class NodemailerPool
{
    public static async Task<double> Send(int port, int messages, int connections, string dkimKey)
    {
        var folder = Directory.CreateTempSubdirectory("plura-pool-").FullName;
        try
        {
            var letter = Path.Combine(folder, "letter.json");
            await File.WriteAllTextAsync(letter, JsonSerializer.Serialize(new { CampaignLetter.Subject, CampaignLetter.Html, CampaignLetter.Text }, JsonSerializerOptions.Web));
            var start = new ProcessStartInfo("node") { RedirectStandardOutput = true };
            foreach (var word in (string[])["bench/peers/nodemailer.mjs", "--port", Text(port), "--messages", Text(messages), "--connections", Text(connections), "--key", dkimKey, "--letter", letter])
                start.ArgumentList.Add(word);
            using var pool = Process.Start(start) ?? throw new PlainException("node could not be started.");
            var said = await pool.StandardOutput.ReadToEndAsync();
            await pool.WaitForExitAsync();
            return pool.ExitCode == 0 ? double.Parse(said, CultureInfo.InvariantCulture) : throw new PlainException("nodemailer's pool failed; are its packages there (npm ci in bench/peers)?");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
