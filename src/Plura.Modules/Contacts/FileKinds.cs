using Plura.Platform;

namespace Plura.Contacts;

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
        [".mov"] = "video/quicktime",
        [".zip"] = "application/zip",
    };

    /// <summary>For a file field.</summary>
    public static string Accept { get; } = string.Join(',', Types.Keys);

    /// <summary>The type under which a file is given out, whatever its sender called it.</summary>
    public static string Type(string fileName) => Types.GetValueOrDefault(Path.GetExtension(fileName), "application/octet-stream");

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
