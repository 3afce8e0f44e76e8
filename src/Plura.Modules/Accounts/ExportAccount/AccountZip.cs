using System.Data;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// Writes everything of an account as a zip, straight to where it goes: a row is read, written and forgotten, so an account of any size fits into
/// any memory. All files show the same moment. The manifest comes last, because it holds what was counted on the way.
/// </summary>
public sealed class AccountZip(PluraDb db, Tenant tenant, TableRows tables, IEnumerable<IAccountPart> parts, TimeProvider clock)
{
    public const string Manifest = "manifest.json";
    public const string ReadMe = "READ-ME.txt";
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task Write(Stream output, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var account = await db.Accounts.AsNoTracking().FirstAsync(a => a.Id == tenant.Id, ct);
        var late = new LateStream(output);
        await using (var zip = await ZipArchive.CreateAsync(late, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, ct))
            await Write(zip, account, now, ct);
        await late.FlushAsync(ct);
    }

    private async Task Write(ZipArchive zip, Account account, DateTimeOffset now, CancellationToken ct)
    {
        var written = new List<ManifestFile>();
        written.Add(await Text(zip, ReadMe, "How to read this file.", Words(account.Name, now), now, ct));
        var ordered = parts.OrderBy(p => p.Folder, StringComparer.Ordinal).ToList();
        foreach (var part in ordered)
        {
            await foreach (var file in Files(part, ct))
                written.Add(await Lines(zip, $"{part.Folder}/{file.Name}.csv", file, now, ct));
            await foreach (var file in part.Bytes(ct).WithCancellation(ct))
                written.Add(await Bytes(zip, $"{part.Folder}/{file.Name}", file, now, ct));
        }

        var manifest = new
        {
            Format = "pluraos-account",
            Version = 1,
            Account = new { account.Id, account.Slug, account.Name },
            MadeAt = now,
            Files = written,
            LeftOut = ordered.SelectMany(p => p.LeftOut.Select(l => new { Table = $"{p.Folder}/{l.Key.Name}", Why = l.Value })).OrderBy(l => l.Table, StringComparer.Ordinal),
        };
        await Text(zip, Manifest, "", JsonSerializer.Serialize(manifest, Readable), now, ct);
    }

    private async IAsyncEnumerable<TakenFile> Files(IAccountPart part, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var file in await part.Files(ct))
            yield return file;
        foreach (var table in part.Tables)
            yield return tables.AsFile(table);
    }

    private static async Task<ManifestFile> Lines(ZipArchive zip, string name, TakenFile file, DateTimeOffset now, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = now;
        var rows = 0L;
        await using var counted = new CountedStream(await entry.OpenAsync(ct));
        await using (var text = Csv.Writer(counted))
        {
            await text.WriteLineAsync(Csv.Line(file.Columns.Select(c => c.Heading)));
            await foreach (var row in file.Rows(ct).WithCancellation(ct))
            {
                await text.WriteLineAsync(Csv.Line(row).AsMemory(), ct);
                rows++;
            }
        }

        return new ManifestFile(name, file.About, rows, counted.Bytes, counted.Hash(), [.. file.Columns.Select(c => new ManifestColumn(c.Heading, c.Meaning))]);
    }

    private static async Task<ManifestFile> Bytes(ZipArchive zip, string name, TakenBytes file, DateTimeOffset now, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = now;
        await using var counted = new CountedStream(await entry.OpenAsync(ct));
        await using var source = file.Open();
        await source.CopyToAsync(counted, ct);
        return new ManifestFile(name, file.About, null, counted.Bytes, counted.Hash(), null);
    }

    private static async Task<ManifestFile> Text(ZipArchive zip, string name, string about, string text, DateTimeOffset now, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = now;
        await using var counted = new CountedStream(await entry.OpenAsync(ct));
        await counted.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        return new ManifestFile(name, about, null, counted.Bytes, counted.Hash(), null);
    }

    private static string Words(string business, DateTimeOffset now) => $"""
        {business}
        Everything that was in the account on {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC.

        Each .csv file is a table that spreadsheet programs open: the first line names the columns. What each file and each
        column means stands in {Manifest}, with the number of lines and a checksum (SHA-256) of every file, so that you
        can see that nothing is missing. What is not in here stands there too, with the reason.

        Times are in UTC. Where a cell began with a sign that spreadsheet programs would calculate with, an apostrophe
        stands before it. Files point to each other by ids.

        These are personal data of your customers and of your people. Keep them as carefully as we did.
        """.ReplaceLineEndings("\r\n");

    private sealed record ManifestFile(string Name, string About, long? Rows, long Bytes, string Sha256, IReadOnlyList<ManifestColumn>? Columns);

    private sealed record ManifestColumn(string Name, string Meaning);
}
