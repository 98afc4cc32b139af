"""Settings: environment `POLICY_THEMES_…` or `policy-themes.toml`; read here alone."""

from pathlib import Path

from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class Settings(BaseSettings):
    """What can be set; the environment wins over the file."""

    model_config = SettingsConfigDict(
        env_prefix="POLICY_THEMES_", toml_file="policy-themes.toml", extra="forbid"
    )

    data_dir: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = 8000
    max_upload_bytes: int = 20_000_000
    max_sentences: int = 10_000
    studio_program: Path = Path(".venv-studio/bin/label-studio")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments, environment and TOML file, in this order."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
