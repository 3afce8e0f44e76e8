namespace Plura.Platform;

/// <summary>The files that may be attached, by their ending. What a browser might run (pages, drawings with scripts, programs) is not among them.</summary>
public static class FileKinds
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
        [".heic"] = "image/heic",
        [".heif"] = "image/heif",
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff",
        [".txt"] = "text/plain",
        [".csv"] = "text/csv",
        [".doc"] = "application/msword",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xls"] = "application/vnd.ms-excel",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".ppt"] = "application/vnd.ms-powerpoint",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".ods"] = "application/vnd.oasis.opendocument.spreadsheet",
        [".rtf"] = "application/rtf",
        [".eml"] = "message/rfc822",
        [".ics"] = "text/calendar",
        [".vcf"] = "text/vcard",
        [".mp3"] = "audio/mpeg",
        [".m4a"] = "audio/mp4",
        [".wav"] = "audio/wav",
        [".mp4"] = "video/mp4",
        [".3gp"] = "video/3gpp",
        [".amr"] = "audio/amr",
        [".mov"] = "video/quicktime",
        [".zip"] = "application/zip",
    };

    /// <summary>What every browser shows as a picture.</summary>
    public static bool IsPicture(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg" or ".gif" or ".webp";

    /// <summary>For a file field.</summary>
    public static string Accept { get; } = string.Join(',', Types.Keys);

    /// <summary>The type under which a file is given out, whatever its sender called it.</summary>
    public static string Type(string fileName) => Types.GetValueOrDefault(Path.GetExtension(fileName), "application/octet-stream");

    /// <summary>How files of a kind begin; where it is known, one that begins otherwise is not what it says.</summary>
    private static readonly Dictionary<string, byte[][]> Beginnings = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = ["%PDF"u8.ToArray()],
        [".png"] = [[0x89, 0x50, 0x4E, 0x47]],
        [".jpg"] = [[0xFF, 0xD8, 0xFF]],
        [".jpeg"] = [[0xFF, 0xD8, 0xFF]],
        [".gif"] = ["GIF8"u8.ToArray()],
        [".docx"] = ["PK"u8.ToArray()],
        [".xlsx"] = ["PK"u8.ToArray()],
        [".pptx"] = ["PK"u8.ToArray()],
        [".odt"] = ["PK"u8.ToArray()],
        [".ods"] = ["PK"u8.ToArray()],
        [".zip"] = ["PK"u8.ToArray()],
        [".rtf"] = ["{\\rtf"u8.ToArray()],
        [".doc"] = [[0xD0, 0xCF, 0x11, 0xE0], "{\\rtf"u8.ToArray(), "PK"u8.ToArray()],
        [".xls"] = [[0xD0, 0xCF, 0x11, 0xE0], "PK"u8.ToArray()],
        [".ppt"] = [[0xD0, 0xCF, 0x11, 0xE0], "PK"u8.ToArray()],
    };

    private static readonly byte[][] Programs = ["MZ"u8.ToArray(), [0x7F, 0x45, 0x4C, 0x46], [0xCA, 0xFE, 0xBA, 0xBE], [0xFE, 0xED, 0xFA], [0xCF, 0xFA, 0xED, 0xFE], "#!"u8.ToArray()];

    /// <summary>Whether a file is a program, or begins otherwise than files of its name do: then its name is a lie.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="head">How it begins.</param>
    public static bool IsDisguised(string name, ReadOnlySpan<byte> head)
    {
        foreach (var program in Programs)
        {
            if (head.StartsWith(program))
                return true;
        }

        if (!Beginnings.TryGetValue(Path.GetExtension(name), out var known))
            return false;
        foreach (var beginning in known)
        {
            // Some programs put a mark or a line before the words of a PDF.
            if (head.StartsWith(beginning) || (beginning[0] == (byte)'%' && head[..Math.Min(head.Length, 1024)].IndexOf(beginning) >= 0))
                return false;
        }

        return true;
    }

    /// <summary>The name without folders and signs that break headers; refused where its kind cannot be attached.</summary>
    public static Result<string> Name(string? given)
    {
        var name = new string([.. (given ?? "").Split('/', '\\')[^1].Where(c => !char.IsControl(c) && c is not ('"' or '<' or '>' or '|' or '*' or '?' or ':'))]).Trim();
        if (name.Length > 150)
            name = name[..100] + Path.GetExtension(name);
        return Types.ContainsKey(Path.GetExtension(name)) && Path.GetFileNameWithoutExtension(name).Length > 0 ? name
            : Refusal.Invalid("file.kind", "Files of this kind cannot be attached. Pictures, PDF, texts, tables, recordings, e-mails and ZIP files can.", "File");
    }
}
