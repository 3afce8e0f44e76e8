using Plura.Platform.Postgres;

namespace Plura.Platform;

/// <summary>Where the installation keeps what is not in the database: <c>pg/ keys/ files/ anchors/ backups/</c>.</summary>
public sealed class DataFolder
{
    public DataFolder(string root)
    {
        Root = Path.GetFullPath(root);
        try
        {
            Directory.CreateDirectory(Root);
            Private(Keys);
            Private(Anchors);
            Directory.CreateDirectory(Files);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PlainException($"The data folder cannot be used: {error.Message} PLURA_DATA names another.");
        }
    }

    public string Root { get; }

    public string Cluster => Path.Combine(Root, "pg");

    public string Keys => Path.Combine(Root, "keys");

    public string Files => Path.Combine(Root, "files");

    public string Anchors => Path.Combine(Root, "anchors");

    /// <summary>Writes a file that only its owner may read, whole or not at all.</summary>
    public void WriteSecret(string path, string text)
    {
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new StreamWriter(draft, options))
        {
            file.Write(text);
            file.Flush();
            ((FileStream)file.BaseStream).Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    private static void Private(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
