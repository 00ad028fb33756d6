import { useLingui } from "@lingui/react/macro";
import { App } from "antd";
import { type ComponentType, useEffect, useState } from "react";

interface Opened {
  open: boolean;
  onClose: () => void;
}

/** A drawer or dialog whose code comes when it is first opened, or ahead of that. */
export interface Later<Props extends Opened> {
  Drawer: ComponentType<Props>;
  /** Fetches the code, so that opening it does not wait for the network. */
  preload: () => Promise<void>;
}

/** Makes one. Where the code cannot be had, a message says so and the page stays as it is; opened
 * once more it is asked for again. */
export function later<Props extends Opened>(
  load: () => Promise<ComponentType<Props>>,
): Later<Props> {
  let Ready: ComponentType<Props> | null = null;
  let coming: Promise<void> | null = null;
  const preload = (): Promise<void> => {
    if (Ready) return Promise.resolve();
    // A failed attempt leaves traces in the page (a style sheet counts as fetched): not offline.
    if (!navigator.onLine) return Promise.reject(new Error("no connection"));
    coming ??= load()
      .then((Loaded) => {
        Ready = Loaded;
      })
      .finally(() => {
        coming = null;
      });
    return coming;
  };

  function Drawer(props: Props) {
    const { open, onClose } = props;
    const { t } = useLingui();
    const { message } = App.useApp();
    const [, setReady] = useState(Ready !== null);
    useEffect(() => {
      if (!open || Ready) return;
      let isGone = false;
      const fail = () => {
        if (isGone) return;
        onClose();
        if (navigator.onLine) message.error(t`这一项没打开，刷新一下页面再试`);
        else message.warning(t`没连上网，这一项还没准备好，连上后再试`);
      };
      preload().then(() => !isGone && setReady(true), fail);
      return () => {
        isGone = true;
      };
    }, [open, onClose, message, t]);
    return Ready && <Ready {...props} />;
  }

  return { Drawer, preload };
}
