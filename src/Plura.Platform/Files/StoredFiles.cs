using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Plura.Platform;

/// <summary>Files that people sent, on disk: a folder per account, a random name, readable by nobody else. They go when they are forgotten, or with the account.</summary>
public sealed class StoredFiles(DataFolder folder, Tenant tenant, IConfiguration settings)
{
    /// <summary>The largest file in bytes: setting <c>Plura:Files:Largest</c>, 25 MB unless set.</summary>
    public long Largest => settings.GetValue<long?>("Plura:Files:Largest") ?? 25L * 1024 * 1024;

    private string Folder => Path.Combine(folder.Files, tenant.Id.ToString("N"), "attachments");

    /// <summary>Writes what comes to disk as it comes, and counts and hashes it on the way.</summary>
    public async Task<Result<StoredFile>> Store(Stream source, CancellationToken ct)
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (bytes, whole) = (0L, false);
        try
        {
            await using var file = Create(name);
            var block = new byte[128 * 1024];
            int read;
            while (bytes <= Largest && (read = await source.ReadAsync(block, ct)) > 0)
            {
                hash.AppendData(block.AsSpan(0, read));
                await file.WriteAsync(block.AsMemory(0, read), ct);
                bytes += read;
            }

            whole = true;
        }
        finally
        {
            // Whoever sends it went away in the middle: half a file is none.
            if (!whole)
                Remove(name);
        }

        if (bytes > 0 && bytes <= Largest)
            return new StoredFile(name, bytes, Convert.ToHexStringLower(hash.GetCurrentHash()));
        Remove(name);
        return bytes == 0 ? Refusal.Invalid("file.empty", "This file is empty.", "File") : TooLarge;
    }

    public Refusal TooLarge => Refusal.Invalid("file.too_large", $"The file is larger than {Largest / 1024 / 1024:N0} MB. Make it smaller, or put it elsewhere and note its address.", "File");

    public FileStream Open(string name) => new(Path.Combine(Folder, name), FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true);

    public bool Exists(string name) => File.Exists(Path.Combine(Folder, name));

    public void Remove(string name)
    {
        if (Exists(name))
            File.Delete(Path.Combine(Folder, name));
    }

    private FileStream Create(string name)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Folder);
        else
            Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 64 * 1024, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Folder, name), options);
    }
}

/// <param name="Name">Random, in the account's folder.</param>
public sealed record StoredFile(string Name, long Bytes, string Sha256);
