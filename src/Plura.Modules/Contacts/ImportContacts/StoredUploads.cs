using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Uploaded lists on disk: a folder per account, a random name, readable by nobody else, gone after thirty days.</summary>
public sealed class StoredUploads(DataFolder folder, Tenant tenant, IConfiguration settings)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>The largest upload in bytes: setting <c>Plura:Import:LargestFile</c>, 200 MB unless set.</summary>
    public long Largest => settings.GetValue<long?>("Plura:Import:LargestFile") ?? 200L * 1024 * 1024;

    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>Writes the upload to disk and finds out how it is encoded on the way.</summary>
    public async Task<Result<Upload>> Store(Stream source, CancellationToken ct)
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) + ".csv";
        var encoding = new CsvEncoding();
        var tooLong = false;
        await using (var file = Create(name))
        {
            var block = new byte[128 * 1024];
            int read;
            while (!tooLong && (read = await source.ReadAsync(block, ct)) > 0)
            {
                encoding.Look(block.AsSpan(0, read));
                await file.WriteAsync(block.AsMemory(0, read), ct);
                tooLong = encoding.Bytes > Largest;
            }
        }

        if (!tooLong)
            return new Upload(name, encoding.Bytes, encoding.Decide());
        Remove(name);
        return Refusal.Invalid("import.too_large", $"The file is larger than {Largest / 1024 / 1024:N0} MB. Split it into parts and import them one after the other.", "File");
    }

    /// <summary>The upload as a table, and what it looks like. A workbook is put beside it and its sheet copied out: everything after reads the copy.</summary>
    /// <exception cref="UnreadableCsvException">It is no table of people, and why.</exception>
    public CsvShape Table(Upload upload, string? sheet)
    {
        if (!WorkbookFile.Is(Path(upload.Name)))
            return CsvShape.Of(Path(upload.Name), upload.Encoding);
        File.Move(Path(upload.Name), Path(WorkbookOf(upload.Name)));
        return Sheet(upload.Name, sheet);
    }

    /// <summary>Copies a sheet of an uploaded workbook; where it cannot be read, the copy that is there stays.</summary>
    /// <exception cref="UnreadableCsvException">It is no table of people, and why.</exception>
    public CsvShape Sheet(string storedAs, string? sheet)
    {
        var copy = System.IO.Path.ChangeExtension(storedAs, ".copy");
        try
        {
            WorkbookSheets sheets;
            using (var table = Create(copy))
                sheets = WorkbookCopy.Take(Path(WorkbookOf(storedAs)), Path(System.IO.Path.ChangeExtension(storedAs, ".texts")), table, sheet);
            var shape = CsvShape.Of(Path(copy), "utf-8", sheets);
            File.Move(Path(copy), Path(storedAs), overwrite: true);
            return shape;
        }
        finally
        {
            Remove(copy);
        }
    }

    public FileStream Create(string name)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Folder);
        else
            Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 64 * 1024 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path(name), options);
    }

    public bool Exists(string name) => File.Exists(Path(name));

    public void Remove(string name) => File.Delete(Path(name));

    /// <summary>Everything that is kept of an import.</summary>
    public static IReadOnlyList<string> All(string storedAs) => [storedAs, WorkbookOf(storedAs), ErrorsOf(storedAs), PreviewOf(storedAs), ReasonsOf(storedAs)];

    /// <summary>A workbook stands beside the copy of its sheet, so that another sheet can be taken.</summary>
    public static string WorkbookOf(string storedAs) => System.IO.Path.ChangeExtension(storedAs, ".xlsx");

    /// <summary>The error rows of an import stand beside its upload.</summary>
    public static string ErrorsOf(string storedAs) => System.IO.Path.ChangeExtension(storedAs, ".errors.csv");

    /// <summary>So do the first rows of what it did or would do.</summary>
    public static string PreviewOf(string storedAs) => System.IO.Path.ChangeExtension(storedAs, ".preview.json");

    /// <summary>And why rows were left out or came in without something.</summary>
    public static string ReasonsOf(string storedAs) => System.IO.Path.ChangeExtension(storedAs, ".reasons.json");

    private string Folder => System.IO.Path.Combine(folder.Files, tenant.Id.ToString("N"), "imports");
}

public sealed record Upload(string Name, long Bytes, string Encoding);
